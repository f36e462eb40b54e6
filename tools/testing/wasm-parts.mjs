// Takes a .wasm file apart: which of our parts do its bytes belong to?
//
// Each function's body is given to a part by the function's name in Emscripten's symbol map. What link-time
// optimisation inlined counts for the function it was inlined into. Format: WebAssembly core specification 1.0, §5.5.

/** Part -> how its function names look; the first that matches wins. @type {[string, RegExp][]} */
const parts = [
  ['JSON (nlohmann)', /nlohmann/],
  ['Dear ImGui', /(^|[^\w:])(Im[A-Z]\w*|ImGui_ImplOpenGL3\w*|stb_?\w*|STB_?\w*)/],
  ['bindings (embind)', /emscripten::|embind/],
  ['odnix platform', /^(\(anonymous namespace\)::|odnix_|main$)/], // what the bindings export is in no namespace
];
const rooms = /odnix::(core|protocol|view|ports|app|ui|platform)\b/;

/** @param {string} name @returns {string} */
export function partOf(name) {
  const room = rooms.exec(name);
  if (room && !/nlohmann/.test(name)) return `odnix ${room[1]}`;
  return parts.find(([, pattern]) => pattern.test(name))?.[0] ?? 'C and C++ libraries';
}

/** @param {Uint8Array} bytes @param {number} at @returns {[value: number, next: number]} unsigned LEB128 */
function leb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if ((byte & 0x80) === 0) return [value, at];
  }
}

/** @param {Uint8Array} bytes @returns {{ id: number, start: number, end: number }[]} */
function sections(bytes) {
  const found = [];
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = leb(bytes, at + 1);
    found.push({ id, start, end: start + size });
    at = start + size;
  }
  return found;
}

/** @param {Uint8Array} bytes @returns {{ start: number, end: number }[]} */
function functionBodies(bytes) {
  const code = sections(bytes).find((section) => section.id === 10);
  if (!code) throw new Error('no code section');
  const bodies = [];
  let [count, at] = leb(bytes, code.start);
  for (; count > 0; count -= 1) {
    const [size, start] = leb(bytes, at);
    bodies.push({ start: at, end: start + size });
    at = start + size;
  }
  return bodies;
}

/**
 * @param {Uint8Array} bytes the module
 * @param {string} symbolMap lines "index:name" for all functions, imports first
 * @returns {Map<string, Buffer>} part -> its bytes
 */
export function wasmParts(bytes, symbolMap) {
  const names = symbolMap
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(line.indexOf(':') + 1).replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))));
  const bodies = functionBodies(bytes);
  const imports = names.length - bodies.length;
  if (imports < 0) throw new Error(`${bodies.length} functions, but only ${names.length} names`);

  /** @type {Map<string, Uint8Array[]>} */
  const pieces = new Map();
  /** @param {string} part @param {number} start @param {number} end */
  const give = (part, start, end) => void pieces.set(part, [...(pieces.get(part) ?? []), bytes.subarray(start, end)]);
  bodies.forEach((body, index) => give(partOf(names[imports + index]), body.start, body.end));
  for (const section of sections(bytes)) {
    if (section.id === 11) give('constant data', section.start, section.end);
    else if (section.id !== 10) give('tables and types', section.start, section.end);
  }
  return new Map([...pieces].map(([part, list]) => [part, Buffer.concat(list)]));
}
