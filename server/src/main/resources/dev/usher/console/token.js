// The session token as the browser holds it now: what it says, how long it is good, when it is renewed.
import { alertOf, byId, clockLeadMs, copy, element, readClock, reason, serverNow, timeText } from './page.js';

/** The claims in the order in which a person asks about them. */
const MEANINGS = {
  sub: 'The person: the id of the user.',
  sid: 'The session it speaks for.',
  sts: 'The state of the session.',
  azp: 'Origin of the page that asked for it.',
  iss: 'Who made it: the host in the publishable key.',
  iat: 'Made at this moment.',
  exp: 'Not valid after this moment.',
  nbf: 'Not valid before; early, as clocks differ.',
  fva: 'Minutes since first and second factor; −1: never.',
  o: 'The active organization and the role in it.',
  act: 'Who acts in the name of the person.',
  jti: 'The name of this one token.',
  v: 'The version of this set of claims.',
};
const ORDER = Object.keys(MEANINGS);
const TIMES = new Set(['exp', 'iat', 'nbf']);
const CLOCKS_DIFFER_MS = 60_000;

let clerk;
let timer;
let raw = '';
let claims;
let renewals = -1;
let busy = false;

/** Follows the token of the current session until {@link hideToken}. */
export function showToken(ofClerk) {
  hideToken();
  clerk = ofClerk;
  timer = setInterval(tick, 500);
  tick();
}

/** Nothing of a token stays on the page of somebody who has signed out. */
export function hideToken() {
  clearInterval(timer);
  timer = undefined;
  raw = '';
  claims = undefined;
  renewals = -1;
  for (const id of ['token-header', 'token-claims', 'token-raw']) byId(id).replaceChildren();
}

export function watchTokenButtons() {
  byId('token-renew').addEventListener('click', () => follow({ skipCache: true }));
  byId('token-copy').addEventListener('click', (event) => copy(event.target, raw));
}

function tick() {
  if (document.hidden || !clerk.session) return;
  if (claims) countDown();
  follow({});
}

/** Asks clerk-js, which answers from its cache and renews by itself before the token expires. */
async function follow(options) {
  if (busy) return;
  busy = true;
  byId('token-renew').disabled = Boolean(options.skipCache);
  try {
    const token = await clerk.session?.getToken(options);
    alertOf('token');
    if (timer && token && token !== raw) await draw(token);
  } catch (problem) {
    alertOf('token', `No new token: ${reason(problem)}`);
  } finally {
    busy = false;
    byId('token-renew').disabled = false;
  }
}

async function draw(token) {
  raw = token;
  const [header, body] = token.split('.');
  claims = decoded(body);
  renewals += 1;
  if (Math.abs(claims.iat * 1000 - serverNow()) > 5000) await readClock();
  if (raw !== token) return;
  drawHeader(decoded(header));
  drawClaims();
  drawRaw(token);
  drawNote();
  countDown();
  flash();
}

/** The JSON of a part of the token, which is base64url of UTF-8. */
function decoded(part) {
  const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

function drawHeader(header) {
  const chips = Object.entries(header).map(([name, value]) => element('span', {}, `${name} `, element('code', {}, String(value))));
  byId('token-header').replaceChildren(...chips);
}

function drawClaims() {
  const place = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const names = Object.keys(claims).sort((a, b) => place(a) - place(b) || a.localeCompare(b));
  const rows = names.map((name) =>
    element(
      'div',
      { 'data-claim': name },
      element('dt', {}, name),
      element('dd', { class: 'value' }, valueText(name)),
      element('dd', { class: 'muted' }, MEANINGS[name] ?? 'A claim of this instance.'),
    ),
  );
  byId('token-claims').replaceChildren(...rows);
}

function valueText(name) {
  const value = claims[name];
  if (TIMES.has(name)) return `${value}  ·  ${timeText(value * 1000)}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function drawRaw(token) {
  const parts = token.split('.').map((part, at) => element('span', { class: `part-${at}` }, part));
  byId('token-raw').replaceChildren(parts[0], '.', parts[1], '.', parts[2]);
}

function drawNote() {
  const minted = `Made at ${timeText(claims.iat * 1000)}`;
  const often = renewals === 0 ? 'not renewed yet' : `renewed ${renewals === 1 ? 'once' : `${renewals} times`}`;
  const ahead = clockLeadMs() > CLOCKS_DIFFER_MS ? '; Usher’s clock has been moved ahead' : '';
  byId('token-note').textContent = `${minted}, ${often}${ahead}.`;
}

function countDown() {
  const life = claims.exp - claims.iat;
  const left = Math.min(life, Math.max(0, claims.exp - serverNow() / 1000));
  byId('token-left').textContent = String(Math.ceil(left));
  byId('token-meter').style.transform = `scaleX(${life > 0 ? left / life : 0})`;
  byId('token-meter').classList.toggle('low', left < 15);
}

function flash() {
  const stub = byId('token-left').closest('.stub');
  stub.classList.remove('renewed');
  if (renewals === 0) return;
  requestAnimationFrame(() => requestAnimationFrame(() => stub.classList.add('renewed')));
}
