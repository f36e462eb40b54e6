/**
 * People and chats, a set of its own for every test, so that tests beside each other on one server never meet.
 * @typedef {{ alice: number, bob: number, carol: number, dave: number, chat: number, group: number, other: number }} Slot user and chat ids
 */

/** @param {number} index @returns {Slot} */
export function slot(index) {
  const base = (index + 1) * 10;
  return { alice: base + 1, bob: base + 2, carol: base + 3, dave: base + 4, chat: base + 1, group: base + 2, other: base + 3 };
}

/** The accounts file of the development server for `count` tests. @param {number} count */
export function accounts(count) {
  const slots = Array.from({ length: count }, (_, index) => slot(index));
  return {
    users: slots.flatMap((s) => [
      { id: s.alice, name: 'Alice' },
      { id: s.bob, name: 'Bob' },
      { id: s.carol, name: 'Carol' },
      { id: s.dave, name: 'Dave' },
    ]),
    chats: slots.flatMap((s) => [
      { id: s.chat, kind: 'private', members: [s.alice, s.bob] },
      { id: s.group, kind: 'group', members: [s.alice, s.bob, s.carol, s.dave] },
      { id: s.other, kind: 'private', members: [s.alice, s.carol] },
    ]),
  };
}
