// The inbox: newest first, looks for more by itself, can be narrowed to an address.
import { alertOf, byId, copy, element, readClock, timeText, whileVisible } from './page.js';
import { newestMessages } from './messages.js';

const EVERY_MS = 2000;
const MOST = 200;
const FRESH_MS = 8000;

const rows = new Map();
let messages = [];
let isFirstLook = true;

const filter = byId('filter');
filter.value = new URLSearchParams(location.search).get('to') ?? '';

async function look() {
  try {
    messages = await newestMessages(MOST);
    alertOf('inbox');
    draw();
  } catch {
    alertOf('inbox', 'Usher does not answer. This page keeps trying.');
  }
}

function draw() {
  const wanted = filter.value.trim().toLowerCase();
  const kept = messages.filter((message) => message.to.toLowerCase().includes(wanted));
  place(kept);
  byId('empty').hidden = messages.length > 0;
  byId('no-match').hidden = messages.length === 0 || kept.length > 0;
  byId('state').textContent = stateText(kept.length, wanted);
  isFirstLook = false;
}

function stateText(count, wanted) {
  if (messages.length === 0) return 'New messages appear by themselves.';
  const many = count === 1 ? '1 message' : `${count} messages`;
  return wanted ? `${many} of ${messages.length}, newest first.` : `${many}, newest first. New ones appear by themselves.`;
}

/** Puts the rows in order and leaves those that are there already alone, so that a selection survives. */
function place(kept) {
  const list = byId('messages');
  const ids = new Set(kept.map((message) => message.id));
  [...list.children].filter((row) => !ids.has(row.dataset.message)).forEach((row) => row.remove());
  kept.forEach((message, at) => {
    const row = rows.get(message.id) ?? newRow(message);
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
}

function newRow(message) {
  const row = element(
    'li',
    { class: 'message', 'data-message': message.id },
    codeOf(message),
    element(
      'div',
      { class: 'message-text' },
      element('p', { class: 'to' }, message.to),
      element('p', { class: 'subject' }, message.subject),
      element(
        'details',
        {},
        element('summary', {}, 'Whole message'),
        element('pre', {}, message.body),
      ),
    ),
    element('time', { class: 'muted', datetime: new Date(message.created_at).toISOString() }, timeText(message.created_at)),
  );
  if (!isFirstLook) markFresh(row);
  rows.set(message.id, row);
  return row;
}

function codeOf(message) {
  if (message.link)
    return element('a', { class: 'code link', href: message.link, target: '_blank', rel: 'noopener' }, 'Open the link');
  if (!message.code) return element('span', { class: 'code none', 'aria-hidden': 'true' }, '–');
  return element(
    'button',
    {
      type: 'button',
      class: 'code',
      title: 'Copy the code',
      'aria-label': `Copy code ${message.code}`,
      click: (event) => copy(event.currentTarget, message.code),
    },
    message.code,
  );
}

function markFresh(row) {
  row.classList.add('fresh');
  setTimeout(() => row.classList.remove('fresh'), FRESH_MS);
}

function rememberFilter() {
  const to = filter.value.trim();
  history.replaceState(null, '', to ? `?to=${encodeURIComponent(to)}` : location.pathname);
  draw();
}

filter.addEventListener('input', rememberFilter);
byId('clear').addEventListener('click', () => {
  filter.value = '';
  rememberFilter();
  filter.focus();
});

await readClock().catch(() => {});
whileVisible(EVERY_MS, look);
