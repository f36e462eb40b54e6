# odnix_call: the module for browsers, build/wasm-release/odnix-module.mjs + odnix-module.wasm. tools/bundle.mjs
# makes the shipped files of them.
file(GLOB web_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/platform/web/*.cpp)
if(NOT web_sources)
  message(STATUS "src/platform/web has no sources: no product module")
  return()
endif()

# EM_JS and EM_ASM are extensions. A library of its own, so that these come after -Wpedantic.
add_library(odnix_web_flags INTERFACE)
target_link_libraries(odnix_web_flags INTERFACE odnix_flags)
target_compile_options(odnix_web_flags INTERFACE
  -Wno-pedantic -Wno-dollar-in-identifier-extension -Wno-gnu-zero-variadic-macro-arguments)

# Object files first, so that a size experiment can link them again with other flags.
add_library(odnix_web OBJECT ${web_sources})
target_link_libraries(odnix_web PUBLIC odnix_app odnix_ui odnix_ports PRIVATE odnix_web_flags)
target_compile_definitions(odnix_web PRIVATE ODNIX_VERSION="${PROJECT_VERSION}")

add_executable(odnix_call $<TARGET_OBJECTS:odnix_web>)
set_target_properties(odnix_call PROPERTIES OUTPUT_NAME odnix-module SUFFIX .mjs)
target_link_libraries(odnix_call PRIVATE odnix_app odnix_ui odnix_ports odnix_language)
target_link_options(odnix_call PRIVATE
  --bind -lwebsocket.js
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createOdnixModule -sENVIRONMENT=web
  -sUSE_ES6_IMPORT_META=0        # the loader finds and fetches the .wasm itself (Module.instantiateWasm)
  -sDYNAMIC_EXECUTION=0          # a must: embind would otherwise need 'unsafe-eval' in the page's CSP
  -sFILESYSTEM=0 -sMALLOC=emmalloc
  -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=4194304 -sTOTAL_STACK=524288
  -sEXPORTED_FUNCTIONS=_main,_malloc,_free
  --emit-symbol-map)             # names for the size report and for reading stack traces

# The same user interface with sample view models, for tools/pictures; built only when asked for.
add_executable(odnix_storybook EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/pictures/storybook.cpp
  ${CMAKE_SOURCE_DIR}/tests/ui/samples.cpp
  ${CMAKE_SOURCE_DIR}/src/platform/web/canvas.cpp ${CMAKE_SOURCE_DIR}/src/platform/web/text.cpp
  ${CMAKE_SOURCE_DIR}/src/platform/web/mirror.cpp ${CMAKE_SOURCE_DIR}/src/platform/web/ui_port.cpp
  ${CMAKE_SOURCE_DIR}/src/platform/web/ui_exports.cpp)
set_target_properties(odnix_storybook PROPERTIES OUTPUT_NAME odnix-storybook SUFFIX .mjs)
target_include_directories(odnix_storybook PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(odnix_storybook PRIVATE odnix_ui odnix_ports odnix_web_flags)
target_link_options(odnix_storybook PRIVATE $<TARGET_PROPERTY:odnix_call,LINK_OPTIONS>)
