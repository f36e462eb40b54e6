#!/usr/bin/env node
// node tools/countermeasures.mjs [--only pattern]
//
// Takes every countermeasure of docs/security.md out, one after the other, in a copy of the last commit
// (build/countermeasures), and runs the tests that must notice. A countermeasure whose tests still pass without it is
// reported, and fails. Some minutes; needs what tools/test needs.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const copy = join(root, 'build/countermeasures');

/** Files of tests/web that must notice; of C++, all unit tests are asked, up to the first that fails. */
/** @type {string[]} */
const unit = [];
/** @param {string} file */
const node = (file) => [`tests/web/${file}.test.mjs`];

/** What is taken out: [what it is for, file, what stands there, what is put in its place, tests that must notice]. */
const rows = /** @type {[string, string, string, string, string[]][]} */ ([
  ['frames have a size', 'src/protocol/precheck.cpp', 'text.size() > limits::frame_bytes', 'text.empty()', unit],
  ['JSON has a depth', 'src/protocol/precheck.cpp', '++depth > limits::json_depth', '++depth > text.size()', unit],
  ['JSON has a number of members', 'src/protocol/precheck.cpp', '++separators > limits::json_separators', '++separators > text.size()', unit],
  ['descriptions have a size', 'src/protocol/sdp.cpp', 'sdp.size() > limits::sdp_bytes', 'sdp.empty()', unit],
  ['descriptions have a number of m-lines', 'src/protocol/sdp.cpp', 'media_lines > limits::sdp_media_lines', 'media_lines > sdp.size()', unit],
  ['64 candidates reach the browser', 'src/core/links.cpp', 'list.size() >= max_candidates', 'list.size() >= max_candidates * 1000', unit],
  ['a candidate reaches the browser once', 'src/core/links.cpp', 'if (std::find(list.begin(), list.end(), candidate) != list.end()) return false;', '', unit],
  ['descriptions have a number of candidates', 'src/protocol/sdp.cpp', 'candidates > limits::sdp_candidates', 'candidates > sdp.size()', unit],
  ["one person's words have a budget", 'src/core/budget.cpp', 'if (from + rate.pause > now_ + rate.pause * rate.burst) return false;', '', unit],
  ['who is blocked does not ring', 'src/core/budget.cpp', 'return std::find(blocked.begin(), blocked.end(), user) != blocked.end();', 'return user.value < 0 && blocked.empty();', unit],
  ['after two declines a caller is silenced', 'src/core/traces.cpp', 'silence.declines > 1', 'silence.declines > 1000', unit],
  ['the channel carries this call alone', 'src/core/channel.cpp', 'event.header.call != call()->id || ', '', unit],
  ['the channel speaks for its peer alone', 'src/core/channel.cpp', '|| link->endpoint != event.header.from', '', unit],
  ['nobody speaks as the page of another', 'src/core/channel.cpp', 'if (is_impostor(sender)) return;', '', unit],
  ["nobody uses up another's numbers", 'src/core/delivery.cpp', ' && seen.user == sender.user;', ';', unit],
  ['only the token resumes a call', 'src/core/resume.cpp', 'return difference == 0;', 'return difference < 1000000;', unit],
  ['names have an end', 'src/view/person.cpp', '!raw.empty() && count < max_code_points', '!raw.empty() && count < max_code_points * 1000', unit],
  ['names do not reorder text', 'src/view/person.cpp', 'is_control(point) || is_trick(point)', 'is_control(point) || (point == 0 && is_trick(point))', unit],
  ['pictures have a size', 'src/view/person.cpp', 'url.size() > max_avatar', 'url.size() > max_avatar * 1000', unit],
  ['pictures come from this page', 'src/view/person.cpp', 'image || own_path ?', 'image || own_path || !url.empty() ?', unit],
  ['secrets print as a hash', 'src/core/secret_text.cpp', 'return "~" + to_hex(hash(text)) + "/" + std::to_string(text.size());', 'return std::string(text);', unit],
  ['a run of the inbox has an end', 'src/app/app.cpp', 'items_per_run = 64', 'items_per_run = 1000000', unit],
  ['frames that wait have an end', 'src/ports/inbox.hpp', 'waiting_ + frame.text.size() > frames_limit', 'waiting_ > frames_limit * 1000', unit],
  ['a page that goes is heard before what waits', 'src/ports/inbox.hpp', 'items_.push_front(std::move(item));', 'items_.push_back(std::move(item));', unit],
  ['an offer for another page does not ring', 'src/core/incoming.cpp', 'if (sender.header && sender.header->to && *sender.header->to != state_.self.endpoint) return;', '', unit],
  ['a flood closes the channel', 'web/glue/channel.js', 'return messages >= 0 && bytes >= 0;', 'return true;', node('channel')],
  ['channel messages have a size', 'web/glue/channel.js', 'data.length > longest', 'false', node('channel')],
  ['relayOnly makes relayed candidates only', 'web/ice.js', "relayOnly ? 'relay' : 'all'", "'all'", node('ice')],
  ['a connection keeps its certificate', 'web/glue/rtc.js', 'if (known && known !== certificates(sdp))', 'if (!known && known)', node('rtc')],
  ['another certificate leads to no new connection', 'src/core/negotiation.cpp', 'known && failed.step == DescriptionStep::remote', 'known && is_theirs(failed.step)', unit],
  ['no address of ours stands beside that of a relay', 'web/glue/rtc.js', "text.replace(/ raddr \\S+ rport \\d+/g, ' raddr 0.0.0.0 rport 9')", 'text', node('rtc')],
  ['while it rings, relays alone are used', 'web/glue/rtc.js', "(relayed ? { ...config, iceTransportPolicy: 'relay' } : config)", '(relayed ? config : config)', node('rtc')],
  ['nobody is heard or seen before Accept', 'web/glue/playback.js', '      if (peer.rings) return;\n', '', node('tracks')],
  ['candidates leave the page time for other things', 'web/glue/stretches.js', 'if (worked > STRETCH)', 'if (worked > STRETCH * 1e9)', node('stretches')],
  ['a press is a person\'s', 'web/ui/person.js', 'isTrusted || navigator.userActivation?.isActive === true', 'isTrusted !== null', node('person')],
  ['a message counts once', 'src/core/delivery.cpp', 'if (behind >= 64 || (known->mask >> behind & 1) != 0) return true;', '', unit],
  ['a crash releases connections and devices', 'web/loader.js', 'glue?.shutdown();', '', node('crash')],
  ['a crash hangs up', 'web/loader.js', 'lastWords.say(module?.sockets ?? []);', '', node('crash')],
  ['the module gets no TURN credentials', 'web/config.js', '      socketBase: ', '      iceServers,\n      socketBase: ', node('loader')],
]);

/** @param {string} command @param {string[]} args */
const run = (command, args) => spawnSync(command, args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28 });
/** @param {string} command @param {string[]} args */
const must = (command, args) => {
  const { status, stdout, stderr } = run(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout.slice(-3000)}${stderr.slice(-3000)}`);
};
const build = () => must('cmake', ['--build', 'build/fast', '-j2', '--target', 'odnix_tests']);
/** @param {string[]} tests */
const passes = (tests) => {
  if (tests.length > 0) return run(process.execPath, ['--test', ...tests]).status === 0;
  build();
  return run('build/fast/odnix_tests', ['--abort']).status === 0;
};

// Files are new (-m): what a run before left compiled without a countermeasure is compiled again.
rmSync(join(copy, 'src'), { recursive: true, force: true });
mkdirSync(join(copy, 'build'), { recursive: true });
execFileSync('sh', ['-c', 'git archive HEAD | tar -xm -C "$1"', 'sh', copy], { cwd: root });
for (const [name, target] of [['node_modules', 'node_modules'], ['build/deps', 'build/deps']])
  if (!existsSync(join(copy, name))) symlinkSync(join(root, target), join(copy, name));
console.log('building the tests …');
must('cmake', ['-S', '.', '-B', 'build/fast', '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Debug', '-DCMAKE_CXX_COMPILER=clang++-14',
  '-DCMAKE_CXX_FLAGS=-O0', '-DODNIX_TESTS=ON', '-DODNIX_PRODUCT=OFF']);

const wanted = rows.filter(([what]) => what.match(values.only));
const failed = [];
for (const tests of new Map(wanted.map(([, , , , tests]) => [JSON.stringify(tests), tests])).values())
  if (!passes(tests)) throw new Error(`fails with every countermeasure in place: ${JSON.stringify(tests)}`);
for (const [what, file, there, instead, tests] of wanted) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(there).length !== 2) throw new Error(`${file} does not hold "${there}" once: say here what stands for it now`);
  writeFileSync(path, text.replace(there, () => instead));
  const noticed = !passes(tests);
  writeFileSync(path, text);
  console.log(`${noticed ? 'ok' : 'not ok'} - without it, tests fail: ${what}`);
  if (!noticed) failed.push(what);
}
console.log(`${wanted.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
