// The size report gives each byte of the module to one part, and to the right one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf, wasmParts } from '../../tools/testing/wasm-parts.mjs';

for (const [name, part] of [
  ['odnix::core::step(odnix::core::State, odnix::core::Event const&)', 'odnix core'],
  ['odnix::ui::(anonymous namespace)::draw_card(ImDrawList*, odnix::view::Model const&)', 'odnix ui'],
  ['odnix::protocol::parse(std::__2::basic_string_view<char>)', 'odnix protocol'],
  ['odnix::protocol::text(nlohmann::json_abi_v3_11_2::basic_json<std::__2::map> const&)', 'JSON (nlohmann)'],
  ['ImGui::Begin(char const*, bool*, int)', 'Dear ImGui'],
  ['ImDrawList::AddText(ImFont const*, float)', 'Dear ImGui'],
  ['void std::__2::vector<ImVec2>::push_back(ImVec2&&)', 'Dear ImGui'],
  ['emscripten::val::call(char const*)', 'bindings (embind)'],
  ['odnix_ui_frame', 'odnix platform'],
  ['printf_core', 'C and C++ libraries'],
]) {
  test(`${name} belongs to ${part}`, () => assert.equal(partOf(name), part));
}

test('every section and function body is given away exactly once', () => {
  // Sections: type (1), function (3), export-less code (10) with two bodies of 2 bytes, data (11).
  const sections = [
    [1, 4, 1, 0x60, 0, 0],
    [3, 3, 2, 0, 0],
    [10, 7, 2, 2, 0, 0x0b, 2, 0, 0x0b],
    [11, 1, 0],
  ];
  const module = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
  const parts = wasmParts(module, '0:imported\n1:odnix\\3a:core::step\\28\\29\n2:malloc\n');
  const sizes = Object.fromEntries([...parts].map(([part, bytes]) => [part, bytes.length]));
  assert.deepEqual(sizes, { 'odnix core': 3, 'C and C++ libraries': 3, 'constant data': 1, 'tables and types': 7 });
});
