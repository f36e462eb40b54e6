// Catch2's main for odnix_tests. Alone in its file: it is slow to compile and never changes.
#define CATCH_CONFIG_MAIN
#ifdef __EMSCRIPTEN__
#define CATCH_CONFIG_NO_POSIX_SIGNALS
#endif
#include <catch2/catch.hpp>
