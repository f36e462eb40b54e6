/** The client inside other people's pages. */
import { bothEnd, chatPage, establish, pictures, ring, settle, talk } from '../lib/calls.mjs';
import { seeAndHearEachOther } from '../lib/proofs.mjs';
import { check, eventually, same, test } from '../lib/registry.mjs';

/** Clicks the page's own button of that wording. @param {import('../lib/person.mjs').Person} person @param {RegExp} wording */
async function clickButton(person, wording) {
  const at = await eventually(() => person.ask((pattern) => {
    const found = [...document.querySelectorAll('button')].find((b) =>
      new RegExp(pattern, 'i').test(`${b.textContent} ${b.title} ${b.getAttribute('aria-label')} ${b.id}`));
    const rect = found?.getBoundingClientRect();
    return rect && rect.width > 0 ? { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 } : null;
  }, wording.source), (rect) => rect !== null, `a button ${wording} on ${person.name}'s page`);
  await person.page.mouse.click(at?.x ?? 0, at?.y ?? 0);
}

test('the example chat page that embeds the client the old way: its own buttons make calls', { quick: true }, async (t) => {
  const page = `/embed/${t.ids.chat}/`;
  const [alice, bob] = await t.pair({ page }, { page });
  alice.fromNow();
  bob.fromNow();
  await clickButton(alice, /video/);
  await Promise.all([alice.reaches('out-ringing'), bob.reaches('in-ringing')]);
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await pictures(alice, bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
});

test('script appended asynchronously with a query and a hash, page on a deep address', {}, async (t) => {
  const deep = (/** @type {string} */ who) => `${chatPage(t.ids.chat)}&deep=/a/b/c#${who}`;
  const [alice, bob] = await t.pair({ page: deep('alice') }, { page: deep('bob') });
  await establish(alice, bob);
  const wasm = await alice.ask(() => performance.getEntriesByType('resource').map((e) => e.name).filter((n) => n.endsWith('.wasm')));
  same(wasm.length, 1, 'wasm files fetched');
});

test('a page exchanges its body in a call: the call is seen on, and can be ended', {}, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) });
  await talk(alice, bob);
  await alice.ask(() => document.body.replaceWith(document.createElement('body')));
  await eventually(() => alice.ask(() => document.querySelector('#odnix-call')?.parentElement?.tagName), (tag) => tag === 'BODY', 'the call in the new body');
  await seeAndHearEachOther(alice, bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
});

test('a script in the head that is ready long before there is a body: no harm, and calls work', {}, async (t) => {
  const [alice, bob] = await t.pair();
  await alice.page.route('**/slow.js', async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 2500); });
    await route.fulfill({ contentType: 'text/javascript', body: 'window.bodyWas = document.body !== null' });
  });
  await alice.page.goto(new URL(`/as/${t.ids.alice}/head.html?chat=${t.ids.chat}`, alice.page.url()).href);
  await alice.ready();
  same(await alice.ask(() => Reflect.get(window, 'bodyWas')), false, 'a body before the slow script');
  await talk(alice, bob);
});

test('the script loaded twice is the script loaded once', {}, async (t) => {
  const twice = { page: chatPage(t.ids.chat, { load: 'twice' }), bare: true };
  const [alice, bob] = await t.pair(twice, twice);
  for (const person of [alice, bob]) await person.ask(() => /** @type {any} */ (window).loaded);
  check(await alice.ask(() => /** @type {any} */ (window).first === window.OdnixCall), 'the first object stays');
  await alice.ask(() => window.OdnixCall?.ready);
  const sockets = await alice.ask(() => window.__e2e.sockets.filter((s) => s.url.includes('/ws/call/')).length);
  same(sockets, 1, 'call sockets');
  await talk(alice, bob);
  same(await bob.ask(() => document.querySelectorAll('#odnix-call').length), 1, 'client roots on the page');
});

test('a call asked for before the module is ready is made once it is', { quick: true }, async (t) => {
  const bob = await t.person('bob');
  const alice = await t.person('alice', { page: chatPage(t.ids.chat, { early: 'video' }), bare: true });
  await alice.reaches('out-ringing');
  await bob.reaches('in-ringing');
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
});

test('the ES module build does the same', {}, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat, { load: 'module' }), bare: true });
  await alice.ask(() => /** @type {any} */ (window).loaded);
  await alice.ask(() => window.OdnixCall?.ready);
  await talk(alice, bob);
});

test('a drop-in adds OdnixCall to the page and no other name', {}, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat, { load: 'none' }), bare: true });
  const names = () => alice.ask(() => Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name)));
  const before = new Set(await names());
  await alice.ask(() => /** @type {any} */ (window).load('/odnix-call.js'));
  await alice.ask(() => window.OdnixCall?.ready);
  same((await names()).filter((name) => !before.has(name)), ['OdnixCall'], 'new names of the page');
});

test('a page of the site without a chat: no errors, a call is refused with a clear message', { quick: true }, async (t) => {
  const alice = await t.person('alice', { page: '/dashboard/' });
  await alice.ask(() => window.OdnixCall?.startVideoCall());
  const complaint = await alice.complains();
  check(/chat/i.test(String(complaint.message)), `the message names the chat: ${complaint.message}`);
  same(await alice.ask(() => window.OdnixCall?.state), 'idle', 'the state');
});

test('an idle page is left alone: no canvas, no element, no animation frame', { quick: true }, async (t) => {
  const alice = await t.person('alice', { page: chatPage(t.ids.chat) });
  const start = await alice.ask(() => window.__e2e.rafs);
  await new Promise((resolve) => setTimeout(resolve, 3000)); // the absence of anything has no event
  const seen = await alice.ask(() => ({
    rafs: window.__e2e.rafs,
    elements: document.querySelectorAll('#odnix-call, canvas').length,
    requests: window.__e2e.requests.length,
    peers: window.__e2e.peers.length,
  }));
  same(seen, { rafs: start, elements: 0, requests: 0, peers: 0 }, 'what an idle page has done in 3 s');
  await ring(alice); // and it is not merely dead
  await alice.reaches('out-ringing');
});

test('after a call the page is left alone again', {}, async (t) => {
  const [alice, bob] = await t.pair({ page: chatPage(t.ids.chat) });
  await establish(alice, bob);
  await alice.press('hang-up');
  await bothEnd(alice, 'hangup', bob, 'hangup');
  await settle(alice);
  await eventually(() => alice.ask(() => document.querySelectorAll('#odnix-call, canvas').length), (n) => n === 0, 'an empty page');
  await alice.click('#count');
  same(await alice.ask(() => document.querySelector('#clicks')?.textContent), '1', 'the page takes clicks');
});

test("the page's own banner and ours: ours rings, the page's is pressed away", {}, async (t) => {
  const bob = await t.person('bob', { page: `/embed/${t.ids.chat}/` });
  const alice = await t.person('alice');
  await ring(alice);
  await bob.reaches('in-ringing');
  const banner = () => bob.ask(() => {
    const rect = document.querySelector('#globalCallBanner')?.getBoundingClientRect();
    return rect ? rect.width * rect.height : -1;
  });
  await eventually(banner, (area) => area === 0, "the page's banner put away");
  await bob.ask(() => {
    const element = /** @type {HTMLElement} */ (document.querySelector('#globalCallBanner'));
    new MutationObserver(() => window.__e2e.report('banner', { hidden: element.hidden })).observe(element, { attributes: true });
  });
  // Every offer of the caller pushes again, and the page shows its banner again.
  await bob.until((told) => told.kind === 'banner' && told.hidden === false, 'the banner of the second push');
  await bob.until((told) => told.kind === 'banner' && told.hidden === true, 'the banner put away once more', { timeout: 3000 });
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
});

test("from a page without the client: the page's own banner leads to the chat page, where the call rings and is answered", {}, async (t) => {
  const bob = await t.person('bob', { page: '/dashboard/?client=0', bare: true });
  const alice = await t.person('alice');
  await ring(alice);
  await eventually(() => bob.ask(() => (document.querySelector('#globalCallBanner')?.getBoundingClientRect().width ?? 0) > 0),
                   Boolean, "the page's banner");
  await bob.click('#gcbAccept');
  await bob.reaches('in-ringing', { timeout: 15000 }); // the caller's next offer
  await bob.press('accept');
  await Promise.all([alice.reaches('active'), bob.reaches('active')]);
  await seeAndHearEachOther(alice, bob);
});
