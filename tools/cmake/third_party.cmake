# Third-party code: found by name, compiled without our warnings.

# Header libraries come through a private directory of links: with Emscripten the host's /usr/include must never
# be on the path, it would bring glibc's headers along.
set(odnix_headers ${CMAKE_BINARY_DIR}/third_party_headers)
file(MAKE_DIRECTORY ${odnix_headers})
function(odnix_link_headers name)
  find_path(odnix_${name}_root NAMES ${name} PATHS /usr/include /usr/local/include
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  file(CREATE_LINK ${odnix_${name}_root}/${name} ${odnix_headers}/${name} SYMBOLIC)
endfunction()

odnix_link_headers(nlohmann)
add_library(odnix_json INTERFACE)
target_include_directories(odnix_json SYSTEM INTERFACE ${odnix_headers})
target_compile_definitions(odnix_json INTERFACE JSON_USE_IMPLICIT_CONVERSIONS=0 JSON_NO_IO
                           JSON_HAS_FILESYSTEM=0 JSON_HAS_EXPERIMENTAL_FILESYSTEM=0)

if(ODNIX_TESTS)
  odnix_link_headers(catch2)
  add_library(odnix_catch2 INTERFACE)
  target_include_directories(odnix_catch2 SYSTEM INTERFACE ${odnix_headers})
endif()

# Dear ImGui: source fetched by tools/setup. Our configuration header is part of its interface.
set(ODNIX_IMGUI_DIR ${CMAKE_SOURCE_DIR}/build/deps/imgui-${IMGUI_VERSION} CACHE PATH "Dear ImGui's source")
if(NOT EXISTS ${ODNIX_IMGUI_DIR}/imgui.cpp)
  message(FATAL_ERROR "No Dear ImGui in ${ODNIX_IMGUI_DIR}. Run tools/setup, or set ODNIX_IMGUI_DIR.")
endif()
# Its built-in font (12 KB that do not compress) is never used: our glyphs are drawn by the browser.
set(odnix_imgui_draw ${CMAKE_BINARY_DIR}/imgui_draw_without_font.cpp)
add_custom_command(OUTPUT ${odnix_imgui_draw}
  COMMAND ${CMAKE_COMMAND} -DINPUT=${ODNIX_IMGUI_DIR}/imgui_draw.cpp -DOUTPUT=${odnix_imgui_draw}
          -P ${CMAKE_SOURCE_DIR}/tools/cmake/drop_builtin_font.cmake
  DEPENDS ${ODNIX_IMGUI_DIR}/imgui_draw.cpp ${CMAKE_SOURCE_DIR}/tools/cmake/drop_builtin_font.cmake)
add_library(odnix_imgui STATIC ${ODNIX_IMGUI_DIR}/imgui.cpp ${ODNIX_IMGUI_DIR}/imgui_tables.cpp
            ${ODNIX_IMGUI_DIR}/imgui_widgets.cpp ${odnix_imgui_draw}
            ${CMAKE_SOURCE_DIR}/src/ui/imgui/format.cpp)  # the printf that our configuration header promises
if(EMSCRIPTEN AND ODNIX_PRODUCT)
  target_sources(odnix_imgui PRIVATE ${ODNIX_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
endif()
target_include_directories(odnix_imgui SYSTEM PUBLIC ${ODNIX_IMGUI_DIR} ${ODNIX_IMGUI_DIR}/backends)
target_include_directories(odnix_imgui PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(odnix_imgui PUBLIC IMGUI_USER_CONFIG="ui/imgui_config.hpp")
target_compile_options(odnix_imgui PRIVATE -w)
target_link_libraries(odnix_imgui PUBLIC odnix_language)

if(NOT EMSCRIPTEN)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(LWS REQUIRED IMPORTED_TARGET libwebsockets>=${LIBWEBSOCKETS_VERSION})
  add_library(odnix_libwebsockets INTERFACE)
  target_link_libraries(odnix_libwebsockets INTERFACE PkgConfig::LWS)
endif()
