# How our own code is compiled. odnix_language applies to everything (also third-party code, which must agree on
# exceptions and sanitizers); odnix_flags adds the warnings, which are errors.
set(ODNIX_SANITIZE "" CACHE STRING "Sanitizers for a native build, e.g. address,undefined")
option(ODNIX_TESTS "Build odnix_tests" ON)
option(ODNIX_FUZZ "Build the fuzzers of tests/fuzz (clang only)" OFF)
option(ODNIX_COVERAGE "Count the lines and branches of core and protocol (g++ only)" OFF)
option(ODNIX_PRODUCT "Build the module for browsers (Emscripten only)" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

# Objects are shared between clones of the repository. ccache cannot tell from the name em++ that this is clang.
find_program(ODNIX_CCACHE ccache)
if(ODNIX_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      ${ODNIX_CCACHE})
  if(EMSCRIPTEN)
    list(PREPEND CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_COMPILERTYPE=clang)
  endif()
endif()

add_library(odnix_language INTERFACE)
add_library(odnix_flags INTERFACE)
target_link_libraries(odnix_flags INTERFACE odnix_language)
target_include_directories(odnix_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)

if(EMSCRIPTEN AND ODNIX_PRODUCT)
  # Small first. Exceptions are off, so errors from outside are values and a broken invariant aborts.
  # The three -m features are in every browser that has WebGL2 and WebRTC as we use them (Safari 15, 2021).
  set(CMAKE_CXX_FLAGS_MINSIZEREL "-DNDEBUG")
  target_compile_options(odnix_language INTERFACE -Oz -flto -fno-exceptions -fno-rtti
                         -mbulk-memory -msign-ext -mnontrapping-fptoint)
  target_compile_definitions(odnix_language INTERFACE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_link_options(odnix_language INTERFACE -Oz -flto -fno-exceptions -fno-rtti)
elseif(EMSCRIPTEN)
  # For node: Catch2 needs exceptions; a node that has fetch() needs synchronous compilation to find the file.
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
  target_compile_options(odnix_language INTERFACE -fwasm-exceptions)
  target_link_options(odnix_language INTERFACE -fwasm-exceptions -sENVIRONMENT=node -sWASM_ASYNC_COMPILATION=0
                      -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1 -sNODERAWFS=1)
elseif(ODNIX_SANITIZE)
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
  target_compile_options(odnix_language INTERFACE -fsanitize=${ODNIX_SANITIZE} -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(odnix_language INTERFACE -fsanitize=${ODNIX_SANITIZE})
  target_compile_definitions(odnix_language INTERFACE _GLIBCXX_ASSERTIONS)
  if(ODNIX_FUZZ)
    target_compile_options(odnix_language INTERFACE -fsanitize=fuzzer-no-link)
  endif()
endif()

# For what drives and judges the rooms: they are checked for undefined behaviour and guide the fuzzers, it is not, and
# compiles in a third of the time. Linked last: must come after the other flags.
add_library(odnix_harness_flags INTERFACE)
if(ODNIX_SANITIZE)
  target_compile_options(odnix_harness_flags INTERFACE -fno-sanitize=undefined)
endif()
if(ODNIX_FUZZ)
  target_compile_options(odnix_harness_flags INTERFACE -fno-sanitize=fuzzer-no-link)
endif()

target_compile_options(odnix_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wswitch -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers  # designated initialisers lean on the members' defaults
  -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees uninitialised alternatives inside std::variant and std::optional where there are none, and overlapping
  # copies in "text" + std::string (GCC bug 105651).
  target_compile_options(odnix_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()

if(EMSCRIPTEN)
  # The linker's JavaScript passes need acorn; a node that is not the distribution's does not look where Debian puts it.
  set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK
               "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs:$ENV{NODE_PATH}")
endif()

if(EMSCRIPTEN)  # our package.json says "module"; a program that Emscripten makes for node is CommonJS
  file(WRITE ${CMAKE_BINARY_DIR}/package.json "{ \"type\": \"commonjs\" }\n")
endif()
