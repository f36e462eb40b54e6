/** What a call costs the chat's server: messages and bytes that it relays. */
import { bothEnd, establish } from '../lib/calls.mjs';
import { check, test } from '../lib/registry.mjs';

for (const media of /** @type {const} */ (['audio', 'video']))
  test(`what ${media === 'audio' ? 'an audio' : 'a video'} call costs the server, from the click to the end`, {}, async (t) => {
    const [alice, bob] = await t.pair();
    await establish(alice, bob, media);
    const connected = (await t.server.frames(t.ids.alice, t.ids.bob)).length;
    await alice.press('hang-up');
    await bothEnd(alice, 'hangup', bob, 'hangup');
    const frames = await t.server.frames(t.ids.alice, t.ids.bob);
    /** @type {Map<string, { count: number, bytes: number }>} */
    const kinds = new Map();
    for (const { type, payload, size } of frames) {
      const kind = payload?.kind ? `${type} ${payload.kind}` : type;
      const sum = kinds.get(kind) ?? { count: 0, bytes: 0 };
      kinds.set(kind, { count: sum.count + 1, bytes: sum.bytes + size });
    }
    const bytes = frames.reduce((sum, { size }) => sum + size, 0);
    t.notes.push(`${media}: ${frames.length} messages, ${bytes} bytes of payload (${connected} until connected): ` +
      [...kinds].map(([kind, sum]) => `${kind.replace('webrtc.', '')} ${sum.count} (${sum.bytes})`).join(', '));
    check(frames.length <= 40 && bytes < 40000, `${frames.length} messages, ${bytes} bytes`);
    const offers = frames.filter(({ type }) => type === 'webrtc.offer').length;
    check(offers <= 2, `${offers} offers: each is a push on every page of the callee`);
  });
