# Emscripten from the distribution (/usr/share/emscripten), or from ODNIX_EMSCRIPTEN_ROOT (cache variable or
# environment): the directory that holds em++.
if(NOT ODNIX_EMSCRIPTEN_ROOT)
  if(DEFINED ENV{ODNIX_EMSCRIPTEN_ROOT})
    set(ODNIX_EMSCRIPTEN_ROOT "$ENV{ODNIX_EMSCRIPTEN_ROOT}")
  else()
    set(ODNIX_EMSCRIPTEN_ROOT /usr/share/emscripten)
  endif()
endif()
set(ODNIX_EMSCRIPTEN_ROOT "${ODNIX_EMSCRIPTEN_ROOT}" CACHE PATH "Directory that holds em++")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ODNIX_EMSCRIPTEN_ROOT)

set(odnix_platform_file "${ODNIX_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
if(NOT EXISTS "${odnix_platform_file}")
  message(FATAL_ERROR "No Emscripten in ${ODNIX_EMSCRIPTEN_ROOT}. Run tools/setup, or set ODNIX_EMSCRIPTEN_ROOT.")
endif()
# Absolute, so that an Emscripten which is not in PATH is never mixed with one that is. Debian keeps the programs
# in /usr/bin, everybody else beside the rest.
if(EXISTS "${ODNIX_EMSCRIPTEN_ROOT}/em++")
  set(odnix_bin "${ODNIX_EMSCRIPTEN_ROOT}")
else()
  set(odnix_bin /usr/bin)
endif()
set(CMAKE_C_COMPILER "${odnix_bin}/emcc")
set(CMAKE_CXX_COMPILER "${odnix_bin}/em++")
set(CMAKE_AR "${odnix_bin}/emar" CACHE FILEPATH "Emscripten ar")
set(CMAKE_RANLIB "${odnix_bin}/emranlib" CACHE FILEPATH "Emscripten ranlib")
set(EMSCRIPTEN_ROOT_PATH "${ODNIX_EMSCRIPTEN_ROOT}")

# The platform file of 3.1.6 would run tests with a switch that newer node versions refuse.
find_program(ODNIX_NODE NAMES node nodejs REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR "${ODNIX_NODE}" CACHE FILEPATH "Runs the WASM tests")
include("${odnix_platform_file}")
