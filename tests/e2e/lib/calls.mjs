/** The steps that many tests share. */
import { check, eventually, same } from './registry.mjs';
import { seeAndHearEachOther, hearEachOther } from './proofs.mjs';

/** @typedef {import('./person.mjs').Person} Person @typedef {'video' | 'audio'} Media */

/** The address of pages/chat.html. @param {number} chat @param {Record<string, string>} [choices] */
export function chatPage(chat, choices = {}) {
  return `/chat.html?${new URLSearchParams({ chat: String(chat), ...choices })}`;
}

/**
 * Two people on the chat page of a scripted server, both there.
 * @typedef {Parameters<import('./context.mjs').Context['pair']>[0]} Setting
 * @param {import('./context.mjs').Context} t @param {Setting} [first] @param {Setting} [second]
 */
export async function scriptedPair(t, first = {}, second = {}) {
  const server = await t.scriptedServer();
  const at = { server, page: chatPage(t.ids.chat) };
  const [alice, bob] = await t.pair({ ...at, ...first }, { ...at, ...second });
  await Promise.all([alice, bob].map((person) => server.joined(person.user)));
  return { server, alice, bob };
}

/** What the callee answered with. @param {import('./scripted-server.mjs').ScriptedServer} server @param {Person} callee */
export function answerOf(server, callee) {
  const said = server.heard.map(({ user, text }) => ({ user, ...JSON.parse(text) }));
  const { payload } = said.find(({ user, type }) => user === callee.user && type === 'webrtc.answer') ?? {};
  check(payload?.call && payload.sdp, `${callee.name}'s answer`);
  return payload;
}

/**
 * The caller hears an offer inside the call as if by the callee: their answer, made into an offer and changed.
 * @param {import('./scripted-server.mjs').ScriptedServer} server @param {Person} caller @param {Person} callee
 * @param {(sdp: string) => string} change
 */
export function offerInside(server, caller, callee, change) {
  const { v, call, from, to, sdp } = answerOf(server, callee);
  const offer = change(sdp.replace(/a=setup:\w+/g, 'a=setup:actpass'));
  server.relay(caller.user, callee.user, 'webrtc.ringing', { v, call, from, to, seq: 40, kind: 'renegotiate', type: 'offer', sdp: offer, round: 1, generation: 1, epoch: 0 });
}

/** Puts the last call's end aside, as a person does before the next call. @param {Person} person */
export async function settle(person) {
  const state = () => person.ask(() => window.OdnixCall?.state ?? 'idle');
  if ((await state()) === 'idle') return;
  const idle = eventually(state, (now) => now === 'idle', `${person.name} back to idle`);
  await Promise.race([person.press('dismiss').catch(() => {}), idle]); // it may go by itself meanwhile
  await idle;
}

/** The page's own call button, of the standalone page or of pages/chat.html. @param {Person} caller @param {Media} [media] */
export async function ring(caller, media = 'video') {
  await settle(caller);
  caller.fromNow();
  await caller.click(`#${media}, #call-${media}`);
}

/** Rings, and the other side is rung. @param {Person} caller @param {Person} callee @param {Media} [media] */
export async function ringUp(caller, callee, media = 'video') {
  await settle(callee);
  callee.fromNow();
  await ring(caller, media);
  await Promise.all([caller.reaches('out-ringing'), callee.reaches('in-ringing')]);
}

/** The other's picture is there: until then the controls stand where they stand in a call without picture. @param {Person[]} people */
export async function pictures(...people) {
  for (const person of people)
    await eventually(() => person.ask(() => window.__e2e.picture()), (picture) => picture !== null, `${person.name} with a picture`);
}

/** Rings, is answered, and both are in the call. @param {Person} caller @param {Person} callee @param {Media} [media] */
export async function establish(caller, callee, media = 'video') {
  await ringUp(caller, callee, media);
  await callee.press('accept');
  await Promise.all([caller.reaches('active'), callee.reaches('active')]);
  if (media === 'video') await pictures(caller, callee);
}

/** As `establish`, and they see and hear each other. @param {Person} caller @param {Person} callee @param {Media} [media] */
export async function talk(caller, callee, media = 'video') {
  await establish(caller, callee, media);
  await (media === 'video' ? seeAndHearEachOther : hearEachOther)(caller, callee);
}

/** Both are in the call and hear each other. @param {Person} a @param {Person} b */
export async function hearing(a, b) {
  await Promise.all([a.reaches('active'), b.reaches('active')]);
  await hearEachOther(a, b);
}

/** Both come to the end, with these reasons. @param {Person} a @param {string} reasonA @param {Person} b @param {string} reasonB */
export async function bothEnd(a, reasonA, b, reasonB) {
  const [endA, endB] = await Promise.all([a.reaches('ended'), b.reaches('ended')]);
  same([endA.reason, endB.reason], [reasonA, reasonB], `the reasons ${a.name} and ${b.name} got`);
}
