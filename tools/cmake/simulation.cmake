# odnix-sim: the simulation of tests/sim as a program, for more runs than a test has time for. Its sources that are no
# tests are part of odnix_tests, too.
find_package(Threads REQUIRED)
file(GLOB sim_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/sim/*.cpp ${CMAKE_SOURCE_DIR}/tests/sim/main/*.cpp)
list(FILTER sim_sources EXCLUDE REGEX "_test\\.cpp$")
add_executable(odnix-sim ${sim_sources})
target_link_libraries(odnix-sim PRIVATE odnix_app odnix_core odnix_flags Threads::Threads)
target_include_directories(odnix-sim PRIVATE ${CMAKE_SOURCE_DIR}/tests)
