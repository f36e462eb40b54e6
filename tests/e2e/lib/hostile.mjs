/** A flood of everything that a hostile server or peer can say, the same for the same count. */
import { RUDE_PAYLOADS, candidates, rudeFrames } from './rude.mjs';

/** Names that would like to be more than a name. No two look the same. */
const PLAIN = [
  '<img src=x onerror="window.__owned=1">', '<script>window.__owned=1</script>', '</button><svg onload=window.__owned=1>',
  'javascript:window.__owned=1', '{{constructor.constructor("window.__owned=1")()}}', '%3Cscript%3E', 'B\u200b\u200c\u200do\u00adb',
];
/** What is sent, and what a person may see of it. @type {[string, string][]} */
const NAMES = [
  ...PLAIN.map((name) => /** @type {[string, string]} */ ([name, name])),
  ['\u202egnp.exe\u202c Bob', 'gnp.exe Bob'], ['\u2066\u2067\u2068Ann\u2069', 'Ann'], ['\u200eC\u200fa\u061cr\ufeffl', 'Carl'],
  ['\u0000\u0007Dan\u007f', 'Dan'], [' Eve\u2028\n\tof\u00a0old ', 'Eve of old'], ['\u200b\u3164', 'The other person'],
  ['a\u0300'.repeat(300), 'a\u0300'.repeat(32)], ['\ufdfd'.repeat(80), '\ufdfd'.repeat(64)], ['x'.repeat(5000), 'x'.repeat(64)],
  ['<b onclick=window.__owned=1>Bob</b>', '<b onclick=window.__owned=1>Bob</b>'],
];
const AVATARS = [
  'javascript:window.__owned=1', 'data:text/html,<script>parent.__owned=1</script>', 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="window.__owned=1"/>',
  'data:image/png;base64,AAAA', '//evil.example/a.png', 'http://evil.example/a.png', 'blob:null/1', 'file:///etc/passwd', '/../../a.png', `data:image/png,${'x'.repeat(200000)}`,
];

const hex = (/** @type {number} */ number, digits = 32) => number.toString(16).padStart(digits, '0');
const SDP = 'v=0\r\no=- 7 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:111 opus/48000/2\r\n';
const LINES_300 = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${'m=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n'.repeat(300)}`;
const deep = (/** @type {number} */ levels) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/**
 * Frames for a call socket. `ring`: also offers that ring.
 * @param {number} count @param {number} from who the server says it is @param {{ ring?: boolean, call?: string }} [options]
 * @returns {Generator<string | Buffer>}
 */
export function* flood(count, from, { ring = false, call = hex(0xabc) } = {}) {
  const rude = rudeFrames(from).filter((frame) => frame.length < 100000);
  const many = candidates(10000);
  const endpoint = hex(0xdef, 16);
  const say = (/** @type {string} */ type, /** @type {object} */ payload) => JSON.stringify({ type: `webrtc.${type}`, from_user_id: from, payload });
  const strange = (/** @type {number} */ i) => {
    const [type, payload] = RUDE_PAYLOADS[i % RUDE_PAYLOADS.length];
    return JSON.stringify({ type, from_user_id: from, payload });
  };
  for (let i = 0; i < count; i += 1) {
    const header = { v: 2, call, from: endpoint, seq: (i * 7919) % 500 };
    switch (i % 10) {
      case 0: yield rude[(i / 10) % rude.length]; break;
      case 1: yield say('ice', { ...header, candidate: many[i % many.length] }); break;
      case 2: yield say('ringing', { ...header, call: hex(i), kind: 'candidates', candidates: many.slice(i % 9000, (i % 9000) + 64) }); break;
      case 3: yield say('end', { ...header, call: hex(i), reason: 'x'.repeat(i % 3000) }); break;
      case 4: yield ring ? say('offer', { ...header, call: hex(i), from: hex(i, 16), sdp: SDP, type: 'offer', audioOnly: true }) : say('offer', { ...header, sdp: LINES_300, type: 'offer' }); break;
      case 5: yield say('answer', { ...header, sdp: i % 20 === 5 ? LINES_300 : SDP, type: 'answer' }); break;
      case 6: yield `{"type":"webrtc.ringing","from_user_id":${from},"payload":${deep(i % 400)}}`; break;
      case 7: yield say('ringing', { ...header, kind: ['ack', 'state', 'select', 'ringing', 'renegotiate', 'resume', 'ready'][i % 7], of: i, endpoint, microphone: i, camera: null }); break;
      case 8: yield strange(i); break;
      default: yield i % 200 === 9 ? 'x'.repeat(300 * 1024) : say('ringing', { ...header, kind: 'state', microphone: true, camera: true }); // a replay
    }
  }
}

/**
 * What the other side of a running call may say when it means ill: offers, candidates, connections and resumptions without
 * end, all well-formed, all in its own name. `sdp`: a description that this browser applies.
 * @param {number} count @param {{ user: number, call: string, from: string, to: string, sdp: string }} peer
 * @returns {Generator<string>}
 */
export function* floodOfPeer(count, { user, call, from, to, sdp }) {
  const many = candidates(10000);
  const offer = sdp.replace(/a=setup:\w+/g, 'a=setup:actpass');
  for (let i = 0; i < count; i += 1) {
    const header = { v: 2, call, from, to, seq: 1000 + i };
    const say = (/** @type {string} */ kind, /** @type {object} */ more = {}) =>
      JSON.stringify({ type: 'webrtc.ringing', from_user_id: user, payload: { ...header, kind, ...more } });
    const round = 100 + i;
    switch (i % 8) {
      case 0: yield say('renegotiate', { type: 'offer', sdp: offer, round, generation: i, epoch: 0 }); break;
      case 1: yield say('renegotiate', { type: 'offer', sdp: LINES_300, round, generation: i, epoch: 0 }); break;
      case 2: yield say('candidates', { generation: i - 2, candidates: many.slice(i % 9000, (i % 9000) + 64) }); break;
      case 3: yield say('early', { type: 'offer', sdp: offer }); break;
      case 4: yield say('resume', { type: 'offer', sdp: offer, proof: hex(i, 64) }); break;
      case 5: yield say('renegotiate', { type: 'answer', sdp, round: i % 50, generation: 0, epoch: 0 }); break;
      case 6: yield say('state', { microphone: i % 16 === 6, camera: i % 32 === 6, sharing: i % 64 === 6 }); break;
      default: yield say(['accept', 'ready', 'ringing', 'select', 'key', 'invite', 'join'][i % 7], { endpoint: to, token: hex(i), people: [], since: i });
    }
  }
}

/**
 * Words for the data channel: those of the peer with and without their frame, broken ones, and some that are too long.
 * @param {number} count @param {Parameters<typeof floodOfPeer>[1]} peer
 * @returns {string[]}
 */
export const wordsOfPeer = (count, peer) => [...floodOfPeer(count, peer)].flatMap((frame, i) => {
  const { type, payload } = JSON.parse(frame);
  return [frame, JSON.stringify({ type, payload }), JSON.stringify(payload), frame.slice(0, -(i % 40) - 1), deep(i * 10), 'x'.repeat((i % 4) * 30000)];
}).filter((word) => word.length < 200000); // a browser sends no more at once

/** @param {number} from @param {number} chat @param {string} name @param {string} avatar @param {boolean} audioOnly */
const push = (from, chat, name, avatar, audioOnly) =>
  JSON.stringify({ type: 'incoming.call', from_user_id: from, chat_id: chat, audioOnly, from_full_name: name, from_avatar: avatar });

/** Pushes on the notify socket: every name with every picture. @param {number} from @param {number} chat */
export const pushes = (from, chat) => NAMES.flatMap(([name], index) =>
  AVATARS.map((avatar) => push(from, chat, name, avatar, index % 2 === 0)));

/** One push for each name, and what is to be seen after it; each picture comes at least once. @param {number} from @param {number} chat */
export const renamings = (from, chat) => NAMES.map(([name, seen], index) =>
  ({ seen, frame: push(from, chat, name, AVATARS[index % AVATARS.length], true) }));
