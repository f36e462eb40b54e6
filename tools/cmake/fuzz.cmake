# odnix_fuzz_codec, odnix_fuzz_step: libFuzzer programs (clang only). The rooms they go through are compiled with the
# fuzzer's instrumentation, which odnix_language brings along (flags.cmake).
add_library(odnix_fuzz_support OBJECT
  ${CMAKE_SOURCE_DIR}/tests/support/oracle.cpp ${CMAKE_SOURCE_DIR}/tests/support/random_events.cpp)
foreach(name codec step)
  add_executable(odnix_fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_${name}.cpp $<TARGET_OBJECTS:odnix_fuzz_support>)
  target_link_options(odnix_fuzz_${name} PRIVATE -fsanitize=fuzzer)
endforeach()
foreach(target odnix_fuzz_support odnix_fuzz_codec odnix_fuzz_step)
  target_link_libraries(${target} PRIVATE odnix_core odnix_protocol odnix_view odnix_json odnix_flags odnix_harness_flags)
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
endforeach()
