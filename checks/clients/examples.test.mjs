// The applications under examples/, in what befalls a browser: each ends in the right page, within three redirects.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import { prepareExamples, startExample } from './lib/examples.mjs';
import { startFront } from './lib/front.mjs';
import * as sdk from './lib/sdk.mjs';
import { call, publishableKey, secretKey, url, userOfServer } from './lib/usher.mjs';

const MOST_REDIRECTS = 3;
/** The SDKs take an expired token for this long. */
const CLOCK_SKEW_SECONDS = 5;
/** In production, everything has a name below this one, and TLS. */
const domain = process.env.PRODUCTION_DOMAIN;
const clerk = domain ? `https://clerk.${domain}` : url;
const names = domain ? ['express', 'nextjs'] : ['express', 'nextjs', 'react-vite'];
const commands = { express: ['start'], nextjs: ['run', 'serve', '--', '--port', '0'], 'react-vite': ['start'] };

let browser;
/** Where each application is. */
const origins = {};
/** Whom the browser asked that is neither the application nor Usher. */
const strangers = new Set();
const closing = [];
/** Browsers that were left with a session in them, until its token has expired. */
const left = {};

/** The env file that Usher wrote, with the address that it is watched at; in production, what an operator writes. */
function variables() {
  if (!domain) return readFileSync(process.env.ENV_FILE, 'utf8').replaceAll(process.env.OWN_URL, url);
  return `CLERK_PUBLISHABLE_KEY=${publishableKey}
CLERK_SECRET_KEY=${secretKey}
CLERK_API_URL=${url}
CLERK_JS_URL=${clerk}/npm/@clerk/clerk-js@6/dist/clerk.browser.js
CLERK_UI_URL=${clerk}/npm/@clerk/ui@1/dist/ui.browser.js
NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY=${publishableKey}
`;
}

async function start(name, folder, mapped) {
  const app = await startExample(folder, commands[name]);
  closing.push(app);
  if (!domain) {
    origins[name] = `http://localhost:${app.port}`;
    return;
  }
  const front = await startFront(app.port);
  closing.push(front);
  origins[name] = `https://${name}.${domain}`;
  mapped.push(`MAP ${name}.${domain}:443 127.0.0.1:${front.port}`);
}

const flags = (mapped) => [
  `--host-resolver-rules=${mapped.join(',')}`,
  `--ignore-certificate-errors-spki-list=${process.env.TLS_AUTHORITY}`,
];

before(async () => {
  const folders = await prepareExamples(names, variables());
  const mapped = [`MAP clerk.${domain}:443 127.0.0.1:${new URL(url).port}`];
  await Promise.all(names.map((name) => start(name, folders[name], mapped)));
  browser = await openBrowser(domain ? flags(mapped) : []);
});
after(async () => {
  await browser?.close();
  for (const one of closing) await one.close();
});

let devices = 0;

/** Each is a browser of its own, also by its name: several that are new at once are no circle of one. */
async function newDevice() {
  const device = await openDevice(browser, { userAgent: `Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0 Device/${(devices += 1)}` });
  const known = [clerk, ...Object.values(origins)];
  device.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:/.test(protocol) && !known.includes(origin)) strangers.add(origin);
  });
  return device;
}

/** Opens an address and follows where servers and scripts lead, until clerk-js has loaded. */
async function visit(page, address) {
  const hops = [];
  const note = (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) hops.push(request.url());
  };
  page.on('request', note);
  const answer = await page.goto(address);
  await page.waitForFunction(() => window.Clerk?.loaded);
  page.off('request', note);
  const redirects = hops.length - 1;
  assert.ok(redirects <= MOST_REDIRECTS, `${redirects} redirects:\n${hops.join('\n')}`);
  return { path: page.url().replace(new URL(address).origin, ''), status: answer.status(), html: await answer.text(), redirects };
}

/** The page for members, as the server rendered it for this person and session. */
function isForMember({ path, status, html }, { person, session }) {
  assert.equal(path, '/members');
  assert.equal(status, 200);
  assert.ok(html.includes(`<strong>${person.email}</strong>`), html);
  assert.ok(html.includes(`<code>${session}</code>`), html);
}

function isSignedOutHome({ path, status, html }) {
  assert.equal(path, '/');
  assert.equal(status, 200);
  assert.ok(html.includes('You are signed out.'), html);
}

/** Who is signed out and asks for the page for members comes to the sign-in page. */
async function isSentToSignIn(page, origin) {
  const { path, html } = await visit(page, `${origin}/members`);
  assert.ok(path.startsWith('/sign-in?'), path);
  assert.ok(!html.includes('@example.com'));
  await page.getByLabel('Email address').waitFor();
}

/** What the application's API answers to its page. */
const askFrom = (page) =>
  page.evaluate(async () => {
    const answer = await fetch('/api/me');
    return { status: answer.status, ...(await answer.json()) };
  });

/** Somebody on a device of their own, signed in by the page's script. */
async function signedIn(origin, person) {
  const device = await newDevice();
  const page = await device.newPage();
  await visit(page, origin);
  const who = person ?? (await userOfServer());
  const session = await sdk.signIn(page, who);
  return { device, page, person: who, session };
}

/** Signed in, then every tab is closed. */
async function leave(origin) {
  const one = await signedIn(origin);
  const [{ value }] = await sdk.sessionCookies(one.device, origin);
  await one.page.close();
  return { ...one, expires: sdk.claimsOf(value).exp };
}

async function comeBack({ device, expires }) {
  const rest = (expires + CLOCK_SKEW_SECONDS) * 1000 - Date.now() + 1000;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
  return device.newPage();
}

async function lose(device, prefix) {
  const before = await device.cookies();
  await device.clearCookies({ name: new RegExp(`^${prefix}(_|$)`) });
  assert.ok((await device.cookies()).length < before.length, `there was no ${prefix}`);
}

/** For two seconds after a handshake, the SDKs do not begin another one for an organization. */
async function forgetsItsRedirects(device, origin) {
  const counts = async () => (await device.cookies(origin)).some((cookie) => cookie.name === '__clerk_redirect_count');
  while (await counts()) await new Promise((resolve) => setTimeout(resolve, 100));
}

for (const name of names.slice(0, 2)) {
  check(`${name}: the browser is left with a session`, async () => {
    left[name] = { live: await leave(origins[name]), revoked: await leave(origins[name]) };
  });
}

for (const name of names.slice(0, 2)) {
  check(`${name}: a first visit ends in the page for somebody signed out`, async () => {
    const device = await newDevice();
    const page = await device.newPage();
    isSignedOutHome(await visit(page, `${origins[name]}/`));
    await isSentToSignIn(page, origins[name]);
    assert.equal((await askFrom(page)).status, 401);
    await device.close();
  });

  check(`${name}: signing in leads back to the page that was asked for, rendered for who signed in`, async () => {
    const device = await newDevice();
    const page = await device.newPage();
    await visit(page, origins[name]);
    await isSentToSignIn(page, origins[name]);
    const person = await userOfServer();
    await page.getByLabel('Email address').fill(person.email);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.waitForURL(`${origins[name]}/members`);
    await page.locator('strong', { hasText: person.email }).waitFor();
    const { session } = await sdk.state(page);
    const second = await device.newPage();
    const answer = await visit(second, `${origins[name]}/members`);
    isForMember(answer, { person, session });
    assert.equal(answer.redirects, 0);
    assert.deepEqual(await askFrom(second), { status: 200, userId: person.id, sessionId: session });
    await device.close();
  });

  for (const [cookie, what] of Object.entries({ __session: 'session cookie', __client_uat: '__client_uat' }))
    check(`${name}: a lost ${what} comes back`, async () => {
      const { device, page, person, session } = await signedIn(origins[name]);
      await page.close();
      await lose(device, cookie);
      isForMember(await visit(await device.newPage(), `${origins[name]}/members`), { person, session });
      const again = (await device.cookies(origins[name])).filter((one) => one.name.startsWith(cookie));
      assert.equal(again.length, 2, 'with and without suffix');
      await device.close();
    });

  check(`${name}: the organization in the path becomes the active one`, async () => {
    const { device, page, person } = await signedIn(origins[name]);
    const slugs = [`${name}-first-${process.pid}`, `${name}-second-${process.pid}`];
    for (const slug of slugs) await call('/organizations', { name: slug, slug, created_by: person.id });
    for (const slug of [...slugs, slugs[0]]) {
      await forgetsItsRedirects(device, origins[name]);
      const { path, status, html } = await visit(page, `${origins[name]}/orgs/${slug}`);
      assert.equal(path, `/orgs/${slug}`);
      assert.equal(status, 200);
      assert.ok(html.includes(`<h1>${slug}</h1>`), html);
      assert.ok(html.includes('<strong>org:admin</strong>'), html);
    }
    await forgetsItsRedirects(device, origins[name]);
    const { status, html } = await visit(page, `${origins[name]}/orgs/somebody-elses`);
    assert.equal(status, 404);
    assert.ok(!html.includes('org:admin'), html);
    await device.close();
  });

  check(`${name}: signing out in another tab ends in the sign-in page`, async () => {
    const { device, page } = await signedIn(origins[name]);
    await visit(page, `${origins[name]}/members`);
    const other = await device.newPage();
    await visit(other, `${origins[name]}/`);
    await sdk.signOut(other);
    await sdk.becomesSignedOut(page);
    await isSentToSignIn(page, origins[name]);
    isSignedOutHome(await visit(page, `${origins[name]}/`));
    await device.close();
  });

  check(`${name}: a session that was revoked elsewhere ends in the sign-in page`, async () => {
    const { device, page, person, session } = await signedIn(origins[name]);
    const elsewhere = await signedIn(origins[name], person);
    await revoke(elsewhere, session);
    await visit(page, `${origins[name]}/`);
    await sdk.becomesSignedOut(page);
    isSignedOutHome(await visit(page, `${origins[name]}/`));
    await isSentToSignIn(page, origins[name]);
    isForMember(await visit(elsewhere.page, `${origins[name]}/members`), elsewhere);
    await device.close();
    await elsewhere.device.close();
  });
}

/** Signs a session of the same person out, from the list of devices. */
async function revoke({ page }, session) {
  await page.evaluate(async (id) => {
    const sessions = await window.Clerk.user.getSessions();
    await sessions.find((one) => one.id === id).revoke();
  }, session);
}

for (const name of names.slice(0, 2)) {
  check(`${name}: who comes back with an expired token after the tab was closed is still signed in`, async () => {
    const page = await comeBack(left[name].live);
    isForMember(await visit(page, `${origins[name]}/members`), left[name].live);
    await left[name].live.device.close();
  });

  check(`${name}: who comes back with an expired token of a revoked session is signed out`, async () => {
    const { device, person, session } = left[name].revoked;
    const elsewhere = await signedIn(origins[name], person);
    await revoke(elsewhere, session);
    await elsewhere.device.close();
    const page = await comeBack(left[name].revoked);
    isSignedOutHome(await visit(page, `${origins[name]}/`));
    await isSentToSignIn(page, origins[name]);
    await device.close();
  });
}

if (!domain)
  check('react-vite: signing in shows the page, and the token for a back end', async () => {
    const device = await newDevice();
    const page = await device.newPage();
    const person = await userOfServer();
    await visit(page, origins['react-vite']);
    await page.getByLabel('Email address').fill(person.email);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.locator('strong', { hasText: person.email }).waitFor();
    await page.getByRole('button', { name: 'Show my token' }).click();
    assert.equal(JSON.parse(await page.locator('pre').textContent()).sub, person.id);
    await device.close();
  });

check('the browser asked nobody but the applications and Usher', () => assert.deepEqual([...strangers], []));
