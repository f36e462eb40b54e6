// The way to web/glue/glue.js: Module.glue, set by the loader. Its methods never throw.
#pragma once

#include <emscripten/val.h>

#include <string>
#include <string_view>

namespace odnix::platform {

/// The silent double while a call is rehearsed (rehearsal.hpp).
inline const char* glue_name = "glue";

template <class... Values>
void glue(const char* method, Values&&... values) {
  emscripten::val::module_property(glue_name).call<void>(method, std::forward<Values>(values)...);
}

/// UTF-8 to a JavaScript string.
inline emscripten::val text(std::string_view utf8) { return emscripten::val(std::string(utf8)); }

/// Fields of an object made by our own JavaScript. A missing or strange one reads as empty: as<> would throw through
/// us.
inline std::string string_of(const emscripten::val& object, const char* field) {
  const emscripten::val value = object[field];
  return value.isString() ? value.as<std::string>() : std::string();
}
inline double number_of(const emscripten::val& object, const char* field) {
  const emscripten::val value = object[field];
  return value.isNumber() ? value.as<double>() : 0;
}
inline bool flag_of(const emscripten::val& object, const char* field) { return object[field].isTrue(); }

}  // namespace odnix::platform
