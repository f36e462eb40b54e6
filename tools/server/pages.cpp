#include "pages.hpp"

#include <algorithm>
#include <array>

namespace odnix::devserver {
namespace {

enum class Policy { Strict, InlineScript };

struct Page {
  std::string_view route;  ///< '#' stands for a chat id
  std::string_view file;
  Policy policy;
  bool needs_user;
};

constexpr std::array<Page, 4> kPages{{
    {"/", "/index.html", Policy::Strict, false},
    {"/chat/#/", "/call.html", Policy::Strict, true},
    {"/embed/#/", "/embed.html", Policy::InlineScript, true},
    {"/dashboard/", "/dashboard.html", Policy::InlineScript, true},
}};

/// True when `path` is the route; `chat` is then the id in place of '#', or 0.
bool matches(std::string_view route, std::string_view path, int& chat) {
  chat = 0;
  const std::size_t hole = route.find('#');
  if (hole == std::string_view::npos) return route == path;
  const std::string_view before = route.substr(0, hole);
  const std::string_view after = route.substr(hole + 1);
  if (path.size() <= before.size() + after.size() || path.substr(0, hole) != before) return false;
  if (path.substr(path.size() - after.size()) != after) return false;
  chat = read_id(path.substr(hole, path.size() - route.size() + 1)).value_or(0);
  return chat != 0;
}

/// A host name, address and port, or nothing: the header is repeated inside the policy.
std::string safe_host(const std::string& host) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  return host.find_first_not_of(kAllowed) == std::string::npos ? host : "";
}

std::string content_policy(Policy policy, const std::string& host) {
  const std::string sockets = host.empty() ? "" : " ws://" + host + " wss://" + host;
  const std::string common = "default-src 'none'; connect-src 'self'" + sockets +
                             "; style-src 'self'; media-src 'self' blob:; img-src 'self' blob: data:; base-uri 'none'; "
                             "form-action 'none'; frame-ancestors 'none'; ";
  switch (policy) {
    case Policy::Strict:
      // One named policy, made by the page's own script to load the client; the client itself gets none.
      return common +
             "script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types odnix-shell";
    case Policy::InlineScript: break;
  }
  return common + "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
}

void fill(std::string& page, std::string_view name, const std::string& value) {
  const std::string hole = "{{ " + std::string(name) + " }}";
  for (std::size_t at = page.find(hole); at != std::string::npos; at = page.find(hole, at + value.size())) {
    page.replace(at, hole.size(), value);
  }
}

/// JSON that may stand inside a script element.
std::string for_script(std::string text) {
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at))
    text.replace(at, 1, "\\u003c");
  return text;
}

}  // namespace

std::optional<Response> Pages::serve(const Visitor& visitor, const Request& request) const {
  int chat_id = 0;
  const auto page = std::find_if(kPages.begin(), kPages.end(),
                                 [&](const Page& entry) { return matches(entry.route, visitor.path, chat_id); });
  if (page == kPages.end()) return std::nullopt;
  if (page->needs_user && visitor.user == nullptr) {
    return visitor.prefix.empty() ? redirect("/?next=" + visitor.path) : plain(403, "nobody has this id");
  }
  const Chat* chat = chat_id == 0 ? nullptr : accounts_.chat(chat_id);
  if (chat_id != 0 && (chat == nullptr || !chat->has(visitor.user->id))) return plain(403, "you are not in this chat");

  auto html = files_.read(std::string(page->file));
  if (!html) return plain(404, std::string(page->file) + " is in none of the --www directories");
  fill(*html, "chat_id", std::to_string(chat_id));
  fill(*html, "prefix", visitor.user == nullptr ? "" : visitor.prefix);
  if (visitor.user != nullptr) {
    fill(*html, "user_id", std::to_string(visitor.user->id));
    fill(*html, "me_json", for_script(accounts_.describe_user(*visitor.user)));
  }
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = std::move(*html);
  response.header("Cache-Control", "no-store");
  response.header("Content-Security-Policy", content_policy(page->policy, safe_host(request.host)));
  response.header("Referrer-Policy", "no-referrer");
  return response;
}

}  // namespace odnix::devserver
