# odnix_tests: every unit, simulation and headless UI test as one Catch2 program, native or WASM under node.

add_library(odnix_test_flags INTERFACE)
target_link_libraries(odnix_test_flags INTERFACE odnix_flags odnix_harness_flags)
if(ODNIX_SANITIZE)
  target_compile_options(odnix_test_flags INTERFACE -O0 -g1)  # Catch2's macros would take twice the time to compile
endif()

# Catch2's own main takes longest to compile of all and never changes: an object of its own.
add_library(odnix_catch_main OBJECT ${CMAKE_SOURCE_DIR}/tests/main.cpp)
target_link_libraries(odnix_catch_main PRIVATE odnix_catch2 odnix_language odnix_harness_flags)

# One library per folder, so that files compiled as one (CMAKE_UNITY_BUILD) are of one folder.
add_executable(odnix_tests $<TARGET_OBJECTS:odnix_catch_main>
  ${CMAKE_SOURCE_DIR}/tools/replay/replay.cpp  # journals are tested by replaying them
  ${CMAKE_SOURCE_DIR}/tests/lab/link/direction.cpp ${CMAKE_SOURCE_DIR}/tests/lab/link/weather.cpp)
set(under_test odnix_null odnix_app odnix_ui odnix_protocol odnix_json odnix_catch2 odnix_test_flags)
target_link_libraries(odnix_tests PRIVATE ${under_test})
target_include_directories(odnix_tests PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tools)
foreach(folder core protocol view ports app ui platform sim support replay lab)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp)
  if(sources)
    add_library(odnix_tests_${folder} OBJECT ${sources})
    target_link_libraries(odnix_tests_${folder} PRIVATE ${under_test})
    target_include_directories(odnix_tests_${folder} PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tools)
    target_sources(odnix_tests PRIVATE $<TARGET_OBJECTS:odnix_tests_${folder}>)
  endif()
endforeach()
set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/support/recorded_frames.cpp PROPERTIES
  COMPILE_DEFINITIONS ODNIX_SOURCE_DIR="${CMAKE_SOURCE_DIR}")  # where tests/data is
add_test(NAME odnix_tests COMMAND odnix_tests)
