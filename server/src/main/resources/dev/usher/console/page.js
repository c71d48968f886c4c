// What the pages share: the instance's facts, elements, copying, times, alerts.

export const instance = JSON.parse(document.body.dataset.instance);

export const byId = (id) => document.getElementById(id);

/** An element with attributes (`class`, `data-…`, event handlers as functions) and children; text is never read as HTML. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

/** One of the icons drawn in the page. */
export function icon(id) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#${id}`);
  svg.append(use);
  return svg;
}

/** Copies, and says so on the button for a moment. */
export async function copy(button, text) {
  const label = (button.dataset.label ??= button.textContent);
  let said = 'Copied';
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    said = copyBySelection(text) ? 'Copied' : 'Press Ctrl+C';
  }
  button.textContent = said;
  button.classList.add('done');
  clearTimeout(button.restoring);
  button.restoring = setTimeout(() => {
    button.textContent = label;
    button.classList.remove('done');
  }, 1400);
}

/** Pages outside https and localhost have no clipboard. */
function copyBySelection(text) {
  const area = element('textarea', { class: 'off-screen', 'aria-hidden': 'true' });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

/** Shows or takes back a problem; each has a key, so that the same one is shown once. */
export function alertOf(key, message) {
  const place = byId('alerts');
  const shown = place.querySelector(`[data-key="${key}"]`);
  if (!message) return shown?.remove();
  if (shown) shown.querySelector('span').textContent = message;
  else place.append(element('p', { class: 'alert', 'data-key': key }, element('span', {}, message)));
}

/** The sentence of a problem: what the server said, or what the browser did. */
export function reason(problem) {
  return problem?.errors?.[0]?.longMessage || problem?.errors?.[0]?.message || problem?.message || String(problem);
}

let clockLead = 0;

/** The server's time, which may have been moved ahead. */
export const serverNow = () => Date.now() + clockLead;

export const clockLeadMs = () => clockLead;

export async function readClock() {
  const answer = await fetch('/_usher/clock', { cache: 'no-store' });
  if (answer.ok) clockLead = (await answer.json()).now - Date.now();
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The time of day; with the date when it is not today. */
export function timeText(ms) {
  const then = new Date(ms);
  return then.toDateString() === new Date(serverNow()).toDateString() ? clockTime.format(then) : dayTime.format(then);
}

/** "just now", "4 min ago", or the time itself. */
export function agoText(ms) {
  const seconds = Math.round((serverNow() - ms) / 1000);
  if (seconds < 20) return 'just now';
  if (seconds < 60) return 'less than a minute ago';
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`;
  return timeText(ms);
}

/** Runs now and then every so often while the page is seen; one run at a time. */
export function whileVisible(everyMs, work) {
  let timer;
  const run = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    await work();
    timer = setTimeout(run, everyMs);
  };
  const wake = () => !document.hidden && run();
  document.addEventListener('visibilitychange', wake);
  run();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', wake);
  };
}
