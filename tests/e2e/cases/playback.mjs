/** A browser that holds sound back until it sees a gesture: said, and heard after any gesture in the page. */
import { bothEnd, establish } from '../lib/calls.mjs';
import { allClosed, hears } from '../lib/proofs.mjs';
import { eventually, test } from '../lib/registry.mjs';

// Whoever accepts a call has pressed something: the browsers of the tests would never refuse. So play() does it.
const heldBack = `(() => {
  const { play } = HTMLMediaElement.prototype;
  window.__hold = true;
  HTMLMediaElement.prototype.play = function () {
    if (this.muted || !window.__hold) return play.call(this);
    this.autoplay = false;
    this.pause();
    return Promise.reject(new DOMException('a gesture is needed', 'NotAllowedError'));
  };
})()`;

/** @param {import('../lib/person.mjs').Person} person */
const allow = (person) => person.ask(() => { /** @type {any} */ (window).__hold = false; });

/** @param {import('../lib/person.mjs').Person} person */
const plays = (person) =>
  eventually(() => person.ask(() => !(/** @type {any} */ (document.querySelector('#odnix-call')?.shadowRoot?.querySelector('video.remote')).paused)),
             Boolean, `${person.name}'s sound playing`);

test('sound is held back: the person is told, and "Tap to hear" plays it', { cells: ['fault 27'] }, async (t) => {
  const [alice, bob] = await t.pair({ init: [heldBack] });
  await establish(alice, bob, 'audio');
  await alice.reads(/Tap to hear/);
  await alice.press('tap-to-hear'); // still refused: the button stays
  await alice.control('tap-to-hear');
  await allow(alice);
  await alice.press('tap-to-hear');
  await hears(alice, 'bob');
  await eventually(() => alice.shown(), (text) => !/Tap to hear/.test(text), 'the question gone');
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await allClosed(alice, bob);
  t.saw('fault 27', '"Tap to hear", and it is heard');
});

test('sound is held back: any key or press in the page plays it', {}, async (t) => {
  const [alice, bob] = await t.pair({ init: [heldBack] });
  await establish(alice, bob, 'audio');
  await alice.reads(/Tap to hear/);
  await allow(alice);
  await alice.page.keyboard.press('Shift');
  await hears(alice, 'bob');
  await eventually(() => alice.shown(), (text) => !/Tap to hear/.test(text), 'the question gone');
});

test('Firefox: sound is held back, said, and plays after any key', { timeout: 90000 }, async (t) => {
  const [alice, fox] = await Promise.all([t.person('alice'), t.firefox('bob', { init: [heldBack] })]);
  await establish(alice, fox, 'audio');
  await fox.reads(/Tap to hear/);
  await allow(fox);
  await fox.page.keyboard.press('Shift');
  await plays(fox);
  await eventually(() => fox.shown(), (text) => !/Tap to hear/.test(text), 'the question gone');
});
