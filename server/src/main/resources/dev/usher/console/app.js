// The page of a development instance: Clerk's own components, and what they hold.
import { alertOf, byId, copy, element, instance, readClock, reason, serverNow, timeText, whileVisible } from './page.js';
import { newestMessages } from './messages.js';
import { hideSessions, showSessions } from './sessions.js';
import { showSettings } from './settings.js';
import { hideToken, showToken, watchTokenButtons } from './token.js';

const HOME = '/';
const SIGN_IN = '/?show=sign-in';
const SIGN_UP = '/?show=sign-up';
const CODE_EVERY_MS = 2000;
const CODE_IS_OLD_MS = 10 * 60_000;

const appearance = {
  variables: {
    colorPrimary: 'var(--usher-accent)',
    colorPrimaryForeground: 'var(--usher-on-accent)',
    colorBackground: 'var(--usher-surface)',
    colorForeground: 'var(--usher-ink)',
    colorMutedForeground: 'var(--usher-muted)',
    colorInput: 'var(--usher-field)',
    colorInputForeground: 'var(--usher-ink)',
    colorNeutral: 'var(--usher-ink)',
    colorDanger: 'var(--usher-danger)',
    colorBorder: 'var(--usher-ink)',
    fontFamily: 'inherit',
    borderRadius: '0.5rem',
  },
};

const formAppearance = {
  elements: {
    rootBox: { width: '100%' },
    cardBox: { width: '100%', maxWidth: '26rem', boxShadow: 'var(--usher-shadow)', border: '1px solid var(--usher-line)' },
  },
};

const buttonAppearance = {
  elements: {
    avatarBox: { width: '2.75rem', height: '2.75rem', background: 'linear-gradient(150deg, var(--usher-accent-soft), var(--usher-accent))' },
  },
};

const clerk = () => window.Clerk;
let view = '';
let stopCodes;

/** Other apps are sent to `/#/sign-in?…`; Clerk's form keeps its own steps behind the `#`. */
function takeEntrance() {
  const [, name, step, query] = location.hash.match(/^#\/(sign-in|sign-up)((?:\/[a-z-]+)*)\/?(?:\?(.*))?$/) ?? [];
  if (!name) return false;
  const within = step || query ? `#${step || '/'}${query ? `?${query}` : ''}` : '';
  history.replaceState(null, '', `/?show=${name}${within}`);
  return true;
}

const wantedForm = () => new URLSearchParams(location.search).get('show');

function load(src, attributes = {}) {
  return new Promise((resolve, reject) => {
    const script = element('script', { src, async: true, crossorigin: 'anonymous', ...attributes });
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error(`${src} could not be loaded`)));
    document.head.append(script);
  });
}

async function loadClerk() {
  await Promise.all([
    load(instance.clerk_ui_url),
    load(instance.clerk_js_url, {
      'data-clerk-publishable-key': instance.publishable_key,
      'data-clerk-proxy-url': location.origin,
    }),
  ]);
  await clerk().load({
    ui: { ClerkUI: window.__internal_ClerkUICtor },
    appearance,
    signInUrl: SIGN_IN,
    signUpUrl: SIGN_UP,
    signInFallbackRedirectUrl: HOME,
    signUpFallbackRedirectUrl: HOME,
    afterSignOutUrl: HOME,
    allowedRedirectOrigins: [location.origin, /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/],
    routerPush: (to) => go(to, 'pushState'),
    routerReplace: (to) => go(to, 'replaceState'),
    telemetry: false,
  });
}

/** Clerk moves within the page; anything else is a real navigation. */
function go(to, how) {
  const target = new URL(to, location.href);
  if (target.pathname !== HOME) return location.assign(target);
  history[how](null, '', target);
  takeEntrance();
  render();
}

/** What to show: a form for whoever is signed out, has a task to do or wants one more account, else the person's sessions. */
function wantedView() {
  const isSingle = clerk().__internal_environment?.authConfig.singleSessionMode ?? true;
  const asked = wantedForm();
  if (!clerk().user || clerk().session?.currentTask || (asked && !isSingle)) return asked === 'sign-up' ? 'sign-up' : 'sign-in';
  return `in ${clerk().session.id}`;
}

function render() {
  if (!clerk()?.loaded || clerk().user === undefined) return;
  const wanted = wantedView();
  if (wanted !== view) {
    const isArrival = view !== '';
    leave();
    view = wanted;
    if (view.startsWith('in ')) enter(isArrival);
    else showForm();
  }
  if (view.startsWith('in ')) describePerson(clerk().user);
}

function leave() {
  clerk().unmountSignIn(byId('clerk-form'));
  clerk().unmountSignUp(byId('clerk-form'));
  clerk().unmountUserButton(byId('clerk-user-button'));
  stopCodes?.();
  stopCodes = undefined;
  hideSessions();
  hideToken();
}

function showForm() {
  document.body.dataset.view = 'out';
  document.title = view === 'sign-up' ? 'Sign up · Usher' : 'Sign in · Usher';
  if (view === 'sign-up') clerk().mountSignUp(byId('clerk-form'), { routing: 'hash', appearance: formAppearance });
  else clerk().mountSignIn(byId('clerk-form'), { routing: 'hash', appearance: formAppearance });
  stopCodes = whileVisible(CODE_EVERY_MS, showLatestCode);
}

function enter(isArrival) {
  document.body.dataset.view = 'in';
  document.title = 'Your sessions · Usher';
  if (location.search || location.hash) history.replaceState(null, '', HOME);
  clerk().mountUserButton(byId('clerk-user-button'), { appearance: buttonAppearance });
  showToken(clerk());
  showSessions(clerk());
  if (isArrival) byId('main').focus({ preventScroll: true });
}

function describePerson(user) {
  const mail = user.primaryEmailAddress?.emailAddress ?? '';
  byId('inside-title').textContent = user.fullName || mail || user.id;
  byId('inside-mail').textContent = user.fullName ? mail : 'signed in';
}

async function showLatestCode() {
  const newest = (await newestMessages(10).catch(() => [])).find((message) => message.code);
  const button = byId('latest-code');
  if (!newest || serverNow() - newest.created_at > CODE_IS_OLD_MS || button.dataset.message === newest.id) return;
  button.dataset.message = newest.id;
  button.dataset.label = newest.code;
  button.textContent = newest.code;
  button.disabled = false;
  button.setAttribute('aria-label', `Copy code ${newest.code}`);
  byId('latest-note').textContent = `To ${newest.to}, ${timeText(newest.created_at)}. Press it to copy.`;
}

async function start() {
  takeEntrance();
  const wasSignedIn = /(?:^|; )__client_uat(?:_[^=]*)?=[1-9]/.test(document.cookie);
  document.body.dataset.view = wasSignedIn ? 'starting-in' : 'starting-out';
  byId('about').textContent = `Usher ${instance.version}`;
  showSettings();
  watchTokenButtons();
  byId('latest-code').addEventListener('click', (event) => copy(event.currentTarget, event.currentTarget.dataset.label));
  window.addEventListener('hashchange', () => takeEntrance() && render());
  window.addEventListener('popstate', render);
  try {
    await Promise.all([loadClerk(), readClock()]);
    clerk().addListener(render);
    render();
  } catch (problem) {
    document.body.dataset.view = 'failed';
    alertOf('start', `Clerk's components did not start: ${reason(problem)}`);
  }
}

await start();
