# odnix-steps: steps and calls a second, natively and as WebAssembly (tools/costs.mjs). Built when asked for.
file(GLOB steps_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/sim/*.cpp ${CMAKE_SOURCE_DIR}/tools/costs/*.cpp)
list(FILTER steps_sources EXCLUDE REGEX "_test\\.cpp$")
add_executable(odnix-steps EXCLUDE_FROM_ALL ${steps_sources})
target_link_libraries(odnix-steps PRIVATE odnix_app odnix_core odnix_flags)
target_include_directories(odnix-steps PRIVATE ${CMAKE_SOURCE_DIR}/tests)
if(EMSCRIPTEN)
  target_link_options(odnix-steps PRIVATE -sENVIRONMENT=node -sWASM_ASYNC_COMPILATION=0 -sALLOW_MEMORY_GROWTH=1 -sEXIT_RUNTIME=1)
endif()
