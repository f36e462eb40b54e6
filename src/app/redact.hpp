// Replaces every Secret inside a value by its redaction, in place. What the journal keeps has gone through here, so
// that nothing personal stays in memory for longer than the call needs it (security.md, "secrets in logs and
// journals").
#pragma once

#include <optional>
#include <tuple>
#include <variant>
#include <vector>

#include "core/describe.hpp"

namespace odnix::app {

template <class T>
void redact(T&) {}  // numbers, enums, ids and plain text hold no secrets
inline void redact(core::Secret& secret) { secret.text = core::redacted(secret.text); }
template <class T>
void redact(std::optional<T>& value);
template <class T>
void redact(std::vector<T>& list);
template <class... T>
void redact(std::variant<T...>& value);

template <core::Record R>
void redact(R& record) {
  std::apply([](auto&... field) { (redact(field), ...); }, record.fields());
}
template <class T>
void redact(std::optional<T>& value) {
  if (value) redact(*value);
}
template <class T>
void redact(std::vector<T>& list) {
  for (T& item : list) redact(item);
}
template <class... T>
void redact(std::variant<T...>& value) {
  std::visit([](auto& alternative) { redact(alternative); }, value);
}

}  // namespace odnix::app
