/** The chooser: one card per person, with links that carry the identity in the address (/as/<id>/…). */
import { avatar, nameOf, titleOf } from './people.js';

/** @typedef {import('./people.js').Account} Account */

const next = new URLSearchParams(location.search).get('next');

/** @param {string} href @param {string} text @param {string} [className] */
function link(href, text, className = '') {
  const anchor = document.createElement('a');
  anchor.href = href;
  anchor.className = className;
  anchor.textContent = text;
  return anchor;
}

/** @param {Account} account */
function card(account) {
  const item = document.createElement('li');
  item.className = 'person';
  const heading = document.createElement('h2');
  heading.append(avatar(account), nameOf(account));

  const chats = document.createElement('ul');
  const sorted = [...account.chats].sort((a, b) => Number(a.kind === 'group') - Number(b.kind === 'group'));
  for (const chat of sorted) {
    const entry = document.createElement('li');
    const anchor = link(`/as/${account.id}/chat/${chat.id}/`, titleOf(chat, account.id), 'chat');
    const kind = document.createElement('small');
    kind.textContent = chat.kind === 'group' ? 'group' : 'chat';
    anchor.append(kind);
    entry.append(anchor);
    chats.append(entry);
  }

  const more = document.createElement('p');
  more.className = 'more';
  if (account.chats.length > 0) more.append(link(`/as/${account.id}/embed/${account.chats[0].id}/`, 'embedded in a chat page'));
  more.append(link(`/as/${account.id}/dashboard/`, 'another page of the site'));
  item.append(heading, chats, more);
  // Sent here from a page that wanted to know who you are: sign in by cookie and go back.
  if (next) item.append(link(`/login/${account.id}?next=${encodeURIComponent(next)}`, 'Continue as this person', 'button primary'));
  return item;
}

const error = /** @type {HTMLElement} */ (document.getElementById('error'));
try {
  const answer = await fetch('/api/users.json');
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const { users } = /** @type {{ users: Account[] }} */ (await answer.json());
  document.getElementById('people')?.append(...users.map(card));
} catch (reason) {
  error.hidden = false;
  error.textContent = `The list of people could not be loaded (${reason instanceof Error ? reason.message : reason}). Is the server still running?`;
}
