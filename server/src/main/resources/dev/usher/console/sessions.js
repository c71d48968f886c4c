// The list of the person's sessions, with a button to sign another one out.
import { agoText, alertOf, byId, element, icon, whileVisible } from './page.js';

const EVERY_MS = 5000;
let stop;
let shown = '';

/** Keeps the list current until {@link hideSessions}. */
export function showSessions(clerk) {
  hideSessions();
  stop = whileVisible(EVERY_MS, () => refresh(clerk));
}

export function hideSessions() {
  stop?.();
  stop = undefined;
  shown = '';
  byId('device-list').replaceChildren();
  byId('device-note').textContent = '';
}

/**
 * What `clerk.user.getSessions()` asks; that method keeps its first answer and hides failures, and this list should do
 * neither.
 */
function ask(clerk, method, path) {
  return clerk.getFapiClient().request({ method, path, sessionId: clerk.session.id });
}

async function refresh(clerk) {
  if (!clerk.session) return;
  try {
    const answer = await ask(clerk, 'GET', '/me/sessions/active');
    if (answer.status === 401) return await noticeEnd(clerk);
    if (!Array.isArray(answer.payload)) throw new Error(sentence(answer));
    alertOf('sessions');
    draw(clerk, answer.payload);
  } catch (problem) {
    alertOf('sessions', `Your sessions cannot be read at the moment: ${problem.message}. Trying again.`);
  }
}

/** This session was ended elsewhere; clerk-js finds out, and signs out, when it asks for a token. */
async function noticeEnd(clerk) {
  await clerk.session?.getToken({ skipCache: true }).catch(() => {});
}

function sentence(answer) {
  const error = answer.payload?.errors?.[0];
  return error?.long_message || error?.message || `the server answered ${answer.status}`;
}

function draw(clerk, sessions) {
  if (!clerk.session) return;
  const own = clerk.session.id;
  const sorted = [...sessions].sort((a, b) => (b.id === own) - (a.id === own) || b.last_active_at - a.last_active_at);
  const facts = sorted.map((session) => factsOf(session, own));
  const text = JSON.stringify(facts);
  if (text === shown) return;
  shown = text;
  byId('device-list').replaceChildren(...facts.map((each) => row(clerk, each)));
}

function factsOf(session, own) {
  const activity = session.latest_activity ?? {};
  const browser = [activity.browser_name, activity.browser_version?.split('.')[0]].filter(Boolean).join(' ');
  return {
    id: session.id,
    isOwn: session.id === own,
    isMobile: Boolean(activity.is_mobile),
    name: [browser || 'Unknown browser', activity.device_type].filter(Boolean).join(' on '),
    place: [activity.city, activity.country].filter(Boolean).join(', '),
    address: activity.ip_address ?? 'address unknown',
    active: session.id === own ? 'active now' : `active ${agoText(session.last_active_at)}`,
  };
}

function row(clerk, facts) {
  return element(
    'li',
    { class: 'device', 'data-session': facts.id },
    icon(facts.isMobile ? 'icon-phone' : 'icon-desk'),
    element(
      'div',
      { class: 'device-text' },
      element('strong', {}, facts.name),
      element('span', { class: 'muted' }, [facts.address, facts.place, facts.active].filter(Boolean).join(' · ')),
    ),
    facts.isOwn
      ? element('span', { class: 'chip' }, 'this device')
      : element(
          'button',
          { type: 'button', class: 'button', 'aria-label': `Sign out ${facts.name}`, click: (event) => revoke(clerk, facts, event.target) },
          'Sign out',
        ),
    element('code', { class: 'muted id' }, facts.id),
  );
}

async function revoke(clerk, facts, button) {
  button.disabled = true;
  try {
    const answer = await ask(clerk, 'POST', `/me/sessions/${facts.id}/revoke`);
    if (answer.status >= 300) throw new Error(sentence(answer));
    byId('device-note').textContent = `${facts.name} is signed out.`;
    alertOf('revoke');
  } catch (problem) {
    button.disabled = false;
    alertOf('revoke', `That session was not signed out: ${problem.message}`);
  }
  await refresh(clerk);
}
