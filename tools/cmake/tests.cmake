# odnix_tests: every unit, simulation and headless UI test as one Catch2 program, native or WASM under node.
set(test_sources)
foreach(room core protocol view ports app ui platform sim support replay lab)
  file(GLOB room_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${room}/*.cpp)
  list(APPEND test_sources ${room_sources})
endforeach()

# Catch2's own main takes longest to compile of all and never changes: an object of its own.
add_library(odnix_catch_main OBJECT ${CMAKE_SOURCE_DIR}/tests/main.cpp)
target_link_libraries(odnix_catch_main PRIVATE odnix_catch2 odnix_language)

add_executable(odnix_tests ${test_sources} $<TARGET_OBJECTS:odnix_catch_main>)
target_link_libraries(odnix_tests PRIVATE odnix_null odnix_app odnix_ui odnix_protocol odnix_json odnix_catch2 odnix_flags)
target_include_directories(odnix_tests PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tools)
target_sources(odnix_tests PRIVATE ${CMAKE_SOURCE_DIR}/tools/replay/replay.cpp  # journals are tested by replaying them
  ${CMAKE_SOURCE_DIR}/tests/lab/link/direction.cpp ${CMAKE_SOURCE_DIR}/tests/lab/link/weather.cpp)
set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/support/recorded_frames.cpp PROPERTIES
  COMPILE_DEFINITIONS ODNIX_SOURCE_DIR="${CMAKE_SOURCE_DIR}")  # where tests/data is
if(ODNIX_SANITIZE)
  # The rooms under test keep all sanitizers. In the tests themselves only the address sanitizer runs, and nothing is
  # optimised: Catch2's macros would take twice the time to compile. On the files: must come after the target's flags.
  set_source_files_properties(${test_sources} PROPERTIES COMPILE_OPTIONS "-O0;-g1;-fno-sanitize=undefined")
endif()
add_test(NAME odnix_tests COMMAND odnix_tests)
