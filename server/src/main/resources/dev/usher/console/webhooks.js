// What endpoints were told: newest first, looks for more by itself.
import { alertOf, byId, element, readClock, timeText, whileVisible } from './page.js';

const EVERY_MS = 2000;

let drawn = '';

async function look() {
  try {
    const answer = await fetch('/_usher/webhooks.json', { cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    alertOf('webhooks');
    // An open body stays open while nothing has changed.
    if (text !== drawn) draw(JSON.parse(text).data);
    drawn = text;
  } catch {
    alertOf('webhooks', 'Usher does not answer. This page keeps trying.');
  }
}

function draw(deliveries) {
  byId('deliveries').replaceChildren(...deliveries.map(rowOf));
  byId('empty').hidden = deliveries.length > 0;
  byId('state').textContent = deliveries.length ? 'Newest first. New ones appear by themselves.' : '';
}

function rowOf(one) {
  return element(
    'li',
    { class: 'message told' },
    element('span', { class: one.state === 'delivered' ? 'code' : 'code none' }, one.status === null ? '–' : String(one.status)),
    element(
      'div',
      { class: 'message-text' },
      element('p', { class: 'to' }, `${one.type} · ${stateOf(one)}`),
      element('p', { class: 'subject' }, one.url),
      detail('Body', JSON.stringify(JSON.parse(one.body), null, 2)),
      detail('Answer', one.answer || 'none'),
    ),
    element('time', { class: 'muted', datetime: new Date(one.created_at).toISOString() }, timeText(one.created_at)),
  );
}

function stateOf(one) {
  return one.attempts > 1 ? `${one.state}, ${one.attempts} tries` : one.state;
}

function detail(title, text) {
  return element('details', {}, element('summary', {}, title), element('pre', {}, text));
}

await readClock().catch(() => {});
whileVisible(EVERY_MS, look);
