/**
 * What the pages know about people: names, initials, pictures.
 * @typedef {{ id: number, name: string | null, avatar: string | null }} Person
 * @typedef {{ id: number, kind: 'private' | 'group', members: Person[] }} Chat
 * @typedef {Person & { chats: Chat[] }} Account
 */

/** @param {Person} person */
export function nameOf(person) {
  return person.name ?? `User ${person.id}`;
}

/** @param {string} name at most two letters, whole characters of any script */
function initials(name) {
  const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...letters.segment(word)][0].segment)
    .join('');
}

/** A round picture; initials when there is none. @param {Person} person */
export function avatar(person) {
  const circle = document.createElement('span');
  circle.className = 'avatar';
  circle.setAttribute('aria-hidden', 'true');
  circle.style.setProperty('--hue', String((person.id * 67 + 100) % 360));
  if (person.avatar) {
    const picture = document.createElement('img');
    picture.alt = '';
    picture.src = person.avatar;
    circle.classList.add('pictured');
    circle.append(picture);
  } else {
    circle.textContent = initials(nameOf(person));
  }
  return circle;
}

/** Everybody in the chat but me. @param {Chat} chat @param {number} me */
export function others(chat, me) {
  return chat.members.filter((member) => member.id !== me);
}

/** @param {Chat} chat @param {number} me */
export function titleOf(chat, me) {
  return others(chat, me).map(nameOf).join(', ');
}
