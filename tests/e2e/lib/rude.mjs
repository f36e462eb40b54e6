/** Things that nobody polite would send. */

const call = '0123456789abcdef0123456789abcdef';
const mark = { v: 2, call, from: 'fedcba9876543210fedcba9876543210', seq: 1 };
const deep = (/** @type {number} */ levels) => '['.repeat(levels) + ']'.repeat(levels);

/** A description that looks like one to everybody but a browser. */
export const REFUSED_SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:nonsense\r\n';
const MANY_LINES = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n${'m=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n'.repeat(300)}`;
const CANDIDATE = { candidate: 'candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host', sdpMid: '0', sdpMLineIndex: 0 };

/** Payloads that must neither ring nor break anything, by type. @type {[string, unknown][]} */
export const RUDE_PAYLOADS = [
  ...[{}, { sdp: 5 }, { sdp: null, type: 'offer' }, { sdp: '', type: 'offer', audioOnly: false }, { sdp: ['v=0'], type: 'offer' },
    { sdp: 'x'.repeat(70000), type: 'offer', audioOnly: false }, { sdp: MANY_LINES, type: 'offer', audioOnly: false },
    { type: 'offer', audioOnly: true }, { ...mark, sdp: { toString: 'v=0' }, type: 'offer' },
  ].map((payload) => /** @type {[string, unknown]} */ (['webrtc.offer', payload])),
  ...[{}, { sdp: 7, type: 'answer' }, { sdp: REFUSED_SDP, type: 'answer' }, { ...mark, sdp: 'v=0', type: 'offer' }, 'text', 3]
    .map((payload) => /** @type {[string, unknown]} */ (['webrtc.answer', payload])),
  ...[{}, null, { candidate: null }, { candidate: 5 }, { candidate: CANDIDATE }, { ...mark, candidate: CANDIDATE },
    { candidate: { candidate: 'candidate:' + 'x'.repeat(5000), sdpMid: '0' } }, { candidate: { candidate: 7, sdpMid: {} } },
    { candidate: { candidate: 'nonsense', sdpMLineIndex: -1 } }, { candidate: { sdpMLineIndex: 1e300 } }, [1, 2], 'text']
    .map((payload) => /** @type {[string, unknown]} */ (['webrtc.ice', payload])),
  ...[{}, null, { reason: 5 }, { reason: 'x'.repeat(9999) }, { ...mark, reason: 'no such reason' }, [], 'text']
    .map((payload) => /** @type {[string, unknown]} */ (['webrtc.end', payload])),
  ...[{}, null, { v: 2 }, { v: '2', call: 1 }, { v: 3, call }, { ...mark, kind: 'no such kind' }, { ...mark, kind: 5 },
    { ...mark, call: 'x'.repeat(9999), kind: 'ringing' }, { ...mark, kind: 'candidates', candidates: 'all' },
    { ...mark, kind: 'candidates', candidates: Array(5000).fill(CANDIDATE) }, { ...mark, kind: 'renegotiate', sdp: 1 },
    { ...mark, kind: 'select', to: { a: 1 } }, { ...mark, kind: 'ack', seq: -1 }, { ...mark, seq: 1e300, kind: 'state' },
    JSON.parse('{"__proto__":{"v":2},"constructor":1}')]
    .map((payload) => /** @type {[string, unknown]} */ (['webrtc.ringing', payload])),
];

/** Whole frames that the real server would never send. @param {number} from @returns {(string | Buffer)[]} */
export const rudeFrames = (from) => [
  '', 'not JSON', '{', '{"type":', 'null', 'true', '5', '"text"', '[]', '{}', '[{"type":"webrtc.end"}]', '\u0000', '\ud83d',
  JSON.stringify({ type: 'webrtc.offer' }), JSON.stringify({ type: 'webrtc.offer', from_user_id: from }),
  JSON.stringify({ type: 5, from_user_id: from, payload: {} }), JSON.stringify({ from_user_id: from, payload: {} }),
  JSON.stringify({ type: 'webrtc.no-such-type', from_user_id: from, payload: {} }),
  JSON.stringify({ type: 'chat.message', from_user_id: from, payload: { text: '<img src=x onerror=alert(1)>' } }),
  JSON.stringify({ type: 'webrtc.offer', from_user_id: 'somebody', payload: { sdp: REFUSED_SDP, type: 'offer' } }),
  JSON.stringify({ type: 'webrtc.offer', from_user_id: -1e300, payload: { sdp: REFUSED_SDP, type: 'offer' } }),
  JSON.stringify({ type: 'webrtc.offer', payload: { sdp: REFUSED_SDP, type: 'offer' } }),
  `{"type":"webrtc.ringing","from_user_id":${from},"payload":${deep(200)}}`,
  `{"type":"webrtc.ringing","from_user_id":${from},"payload":${deep(100000)}}`,
  JSON.stringify({ type: 'webrtc.offer', from_user_id: from, payload: { sdp: 'v=0\r\n', pad: 'x'.repeat(300 * 1024), type: 'offer' } }),
  'x'.repeat(5 * 1024 * 1024),
  Buffer.from([0, 1, 2, 255, 254]), Buffer.alloc(300 * 1024), Buffer.from('{"type":"webrtc.end","from_user_id":1,"payload":{}}'),
  ...RUDE_PAYLOADS.map(([type, payload]) => JSON.stringify({ type, from_user_id: from, payload })),
];

/** Candidates, all different. @param {number} count */
export const candidates = (count) =>
  Array.from({ length: count }, (_, i) => ({ ...CANDIDATE, candidate: CANDIDATE.candidate.replace('50000', String(10000 + i)) }));
