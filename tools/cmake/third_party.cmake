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
# What draws; imgui.cpp holds the memory functions that it calls.
add_library(odnix_imgui STATIC ${ODNIX_IMGUI_DIR}/imgui.cpp ${ODNIX_IMGUI_DIR}/imgui_tables.cpp
            ${ODNIX_IMGUI_DIR}/imgui_widgets.cpp ${ODNIX_IMGUI_DIR}/imgui_draw.cpp)
target_include_directories(odnix_imgui SYSTEM PUBLIC ${ODNIX_IMGUI_DIR})
target_include_directories(odnix_imgui PRIVATE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(odnix_imgui PUBLIC IMGUI_USER_CONFIG="ui/imgui_config.hpp")
target_compile_options(odnix_imgui PRIVATE -w)
set_target_properties(odnix_imgui PROPERTIES UNITY_BUILD OFF)  # its files define the same macros
target_link_libraries(odnix_imgui PUBLIC odnix_language)

if(NOT EMSCRIPTEN)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(LWS REQUIRED IMPORTED_TARGET libwebsockets>=${LIBWEBSOCKETS_VERSION})
  add_library(odnix_libwebsockets INTERFACE)
  target_link_libraries(odnix_libwebsockets INTERFACE PkgConfig::LWS)
endif()
