# odnix_fuzz_codec, odnix_fuzz_step: libFuzzer programs (clang only). The rooms they go through are compiled with the
# fuzzer's instrumentation, which odnix_language brings along (flags.cmake).
foreach(name codec step)
  add_executable(odnix_fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_${name}.cpp
                 ${CMAKE_SOURCE_DIR}/tests/support/oracle.cpp ${CMAKE_SOURCE_DIR}/tests/support/random_events.cpp)
  target_link_libraries(odnix_fuzz_${name} PRIVATE odnix_core odnix_protocol odnix_view odnix_json odnix_flags)
  target_include_directories(odnix_fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_options(odnix_fuzz_${name} PRIVATE -fsanitize=fuzzer)
endforeach()
