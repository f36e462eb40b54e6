/** How loud the microphone is: silence is said, and so is talking while muted; nothing of it costs or leaves the page. */
import { bothEnd, establish, ringUp, talk } from '../lib/calls.mjs';
import { allClosed, hears } from '../lib/proofs.mjs';
import { eventually, same, test } from '../lib/registry.mjs';

/** Copies of tracks are devices, too: they must be stopped in the end. */
const noteCopies = `(() => {
  const { clone } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function () {
    const copy = clone.call(this);
    window.__e2e.tracks.push(copy);
    return copy;
  };
})()`;

/** A microphone that is switched off by its own switch: a track of digital silence. */
const switchedOff = `(() => {
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (wish) {
    const stream = await getUserMedia.call(this, wish);
    for (const track of stream.getAudioTracks()) {
      stream.removeTrack(track);
      track.stop();
      const context = new AudioContext();
      const silence = context.createConstantSource();
      silence.offset.value = 0;
      const out = context.createMediaStreamDestination();
      silence.connect(out);
      silence.start();
      stream.addTrack(out.stream.getAudioTracks()[0]);
    }
    return stream;
  };
})()`;

test('talking while muted is told, and nothing of it is sent', { timeout: 90000 }, async (t) => {
  const [alice, bob] = await t.pair({ init: [noteCopies] });
  await talk(alice, bob);
  await alice.press('microphone'); // the fake microphone beeps on
  await alice.reads(/You are muted. Press Mic/);
  await bob.reads(/is muted/);
  same(await bob.ask(async () => ((await window.__e2e.sound())?.db ?? -200) < -90), true, 'silence at the other side');
  await alice.press('microphone');
  await hears(bob, 'alice');
  await eventually(() => alice.ask(() => window.__e2e.open().tracks), (tracks) => tracks === 2, 'the copy let go');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('a microphone that gives nothing but silence is said', {}, async (t) => {
  const [alice, bob] = await t.pair({ init: [switchedOff, noteCopies] });
  await establish(alice, bob, 'audio');
  await alice.reads(/Your microphone is silent/);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
});

test('a call that nobody takes is a missed call of the page, with the name and the time', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await ringUp(alice, bob);
  await alice.press('cancel');
  await bothEnd(alice, 'cancelled', bob, 'cancelled');
  const missed = await bob.until(({ kind }) => kind === 'missed', 'a missed call', { since: 0 });
  same([missed.chatId, missed.userId, missed.video], [t.ids.chat, t.ids.alice, true], 'whose call it was');
});
