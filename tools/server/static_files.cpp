#include "static_files.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace odnix::devserver {
namespace {

namespace fs = std::filesystem;

std::string_view type_of(std::string_view path) {
  static const std::map<std::string_view, std::string_view> types{
      {"html", "text/html; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"mjs", "text/javascript; charset=utf-8"},
      {"css", "text/css; charset=utf-8"},
      {"json", "application/json"},
      {"map", "application/json"},
      {"wasm", "application/wasm"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"jpg", "image/jpeg"},
      {"webp", "image/webp"},
      {"ico", "image/x-icon"},
      {"woff2", "font/woff2"},
      {"mp3", "audio/mpeg"},
      {"ogg", "audio/ogg"},
      {"wav", "audio/wav"},
      {"webm", "video/webm"},
      {"mp4", "video/mp4"},
      {"ts", "text/plain; charset=utf-8"},
      {"txt", "text/plain; charset=utf-8"},
      {"md", "text/plain; charset=utf-8"},
  };
  const auto found = types.find(path.substr(path.rfind('.') + 1));
  return found == types.end() ? "application/octet-stream" : found->second;
}

/// "odnix-call-1a2b3c4d.wasm": the name changes with the content, so it may be kept for ever.
bool is_hashed(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos || dot < 9 || name[dot - 9] != '-') return false;
  const std::string_view hash = name.substr(dot - 8, 8);
  return hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_plain_path(std::string_view path) {
  if (path.empty() || path.front() != '/') return false;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment.empty() || segment.front() == '.') return false;
    const bool odd = std::any_of(segment.begin(), segment.end(),
                                 [](char c) { return c == '\\' || c == '\x7f' || (c >= '\0' && c < ' '); });
    if (odd) return false;
    path.remove_prefix(segment.size());
  }
  return true;
}

/// Accept-Encoding names `coding` without q=0.
bool accepts(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    std::string_view entry = header.substr(0, header.find(','));
    header.remove_prefix(entry.size() < header.size() ? entry.size() + 1 : header.size());
    entry.remove_prefix(std::min(entry.find_first_not_of(' '), entry.size()));
    if (entry.substr(0, std::min(entry.find_first_of("; "), entry.size())) != coding) continue;
    const std::size_t quality = entry.find("q=");
    return quality == std::string_view::npos || entry.substr(quality + 2).find_first_of("123456789") != entry.npos;
  }
  return false;
}

std::optional<std::string> content(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string etag(std::string_view body) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : body) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  char text[24];
  std::snprintf(text, sizeof text, "\"%016llx\"", static_cast<unsigned long long>(hash));
  return text;
}

}  // namespace

bool StaticFiles::open(const std::vector<std::string>& directories, std::string& error) {
  for (const std::string& directory : directories) {
    std::error_code failed;
    const fs::path root = fs::canonical(directory, failed);
    if (failed || !fs::is_directory(root, failed)) {
      error = "no directory " + directory;
      return false;
    }
    roots_.push_back(root.string());
  }
  return true;
}

std::optional<std::string> StaticFiles::locate(const std::string& path) const {
  if (!is_plain_path(path)) return std::nullopt;
  for (const std::string& root : roots_) {
    std::error_code failed;
    const std::string file = fs::canonical(root + path, failed).string();
    if (failed || file.compare(0, root.size() + 1, root + "/") != 0) continue;
    if (fs::is_regular_file(file, failed)) return file;
  }
  return std::nullopt;
}

std::optional<std::string> StaticFiles::read(const std::string& path) const {
  const auto file = locate(path);
  return file ? content(*file) : std::nullopt;
}

Response StaticFiles::serve(const std::string& path, const Request& request) const {
  const auto file = locate(path);
  if (!file) return plain(404, "not found");
  Response response;
  response.type = type_of(path);
  response.header("Vary", "Accept-Encoding");
  response.header("Cache-Control", is_hashed(path) ? "public, max-age=31536000, immutable" : "no-cache");

  std::optional<std::string> body;
  for (const auto& [coding, suffix] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    if (body || !accepts(request.accept_encoding, coding)) continue;
    const auto variant = locate(path + suffix);
    // Only next to the file itself: another root's variant may be of another build.
    if (variant != *file + suffix) continue;
    body = content(*variant);
    if (body) response.header("Content-Encoding", coding);
  }
  if (!body) body = content(*file);
  if (!body) return plain(404, "not found");

  const std::string tag = etag(*body);
  response.header("ETag", tag);
  if (request.if_none_match.find(tag) != std::string::npos) {
    response.status = 304;
  } else {
    response.body = std::move(*body);
  }
  return response;
}

}  // namespace odnix::devserver
