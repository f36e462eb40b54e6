#include "core/describe.hpp"
#include "protocol/fields.hpp"
#include "protocol/read.hpp"

namespace odnix::protocol {
namespace {

/// The upper half is never 0 on the wire: that marks the numbers which we give to old peers'
/// calls, and nobody out there may name one of those.
Error read_call(const Json& payload, core::CallId& out) {
  std::string_view text;
  if (text_field(payload, "call", text) != Field::good) return "call-id";
  const auto id = core::call_id_from_hex(text);
  if (!id || id->hi == 0) return "call-id";
  out = *id;
  return ok;
}

Error read_seq(const Json& payload, std::uint32_t& out) {
  std::int64_t number = 0;
  if (integer_field(payload, "seq", number) != Field::good || number < 0 || number > 0xffffffffLL) return "seq";
  out = static_cast<std::uint32_t>(number);
  return ok;
}

/// A user's number is allowed here too, but only groups need it: such a frame is not for us to know.
Reading read_addressee(const Json& payload, std::optional<core::EndpointId>& out) {
  std::string_view text;
  std::int64_t user = 0;
  switch (text_field(payload, "to", text)) {
    case Field::absent: return {ok};
    case Field::good: out = endpoint_of(text); return {out ? ok : Error{"endpoint-id"}};
    case Field::wrong: break;
  }
  if (integer_field(payload, "to", user) != Field::good) return {"endpoint-id"};
  return {ok, false};
}

}  // namespace

std::optional<core::EndpointId> endpoint_of(std::string_view hex) {
  const auto id = core::from_hex(hex);
  if (!id || *id == 0) return std::nullopt;
  return core::EndpointId{*id};
}

Reading read_header(const Json& payload, std::optional<core::Header>& out) {
  if (!payload.contains("v")) return {ok};
  std::int64_t version = 0;
  if (integer_field(payload, "v", version) != Field::good || version < 2) return {"version"};
  core::Header header;
  if (const Error error = read_call(payload, header.call); !error.empty()) return {error};
  std::string_view text;
  if (text_field(payload, "from", text) != Field::good) return {"endpoint-id"};
  const auto from = endpoint_of(text);
  if (!from) return {"endpoint-id"};
  header.from = *from;
  if (const Error error = read_seq(payload, header.seq); !error.empty()) return {error};
  const Reading addressee = read_addressee(payload, header.to);
  if (addressee.error.empty()) out = header;
  return addressee;
}

}  // namespace odnix::protocol
