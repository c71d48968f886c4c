// Several accounts in one browser, in a multi-session instance.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { openTab, reload, startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as sdk from './lib/sdk.mjs';
import { newMember } from './lib/usher.mjs';

let app;
let browser;
let ada;
let grace;
let device;
let tab;
let first;
let second;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  [ada, grace] = [await newMember(), await newMember()];
});
beforeEach(async () => {
  device = await openDevice(browser);
  tab = await openTab(device, app);
  first = await sdk.signIn(tab, ada);
  second = await sdk.signIn(tab, grace);
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

const sorted = (ids) => [...ids].sort();

const switchTo = (page, session) => page.evaluate((session) => window.Clerk.setActive({ session }), session);

/** Mints for any session of the page, not only for the active one; null or the problem's status when there is no token. */
const mintFor = (page, session) =>
  page.evaluate(async (id) => {
    try {
      const found = window.Clerk.client.sessions.find((one) => one.id === id);
      return (await found?.getToken({ skipCache: true })) ?? null;
    } catch (problem) {
      return problem.status;
    }
  }, session);

check('a second sign-in keeps the first session and makes the new one active', async () => {
  const state = await sdk.state(tab);
  assert.deepEqual(sorted(state.activeSessions), sorted([first, second]));
  assert.equal(state.session, second);
  assert.equal(state.email, grace.email);
});

check('switching changes the person, the token and the cookie, and survives a reload', async () => {
  await switchTo(tab, first);
  assert.equal((await sdk.state(tab)).email, ada.email);
  assert.equal(sdk.claimsOf(await sdk.cachedToken(tab)).sid, first);
  for (const cookie of await sdk.sessionCookies(device, app.origin)) assert.equal(sdk.claimsOf(cookie.value).sid, first);
  await reload(tab);
  assert.equal((await sdk.state(tab)).session, first);
  await switchTo(tab, second);
  assert.equal(sdk.claimsOf(await sdk.freshToken(tab)).sid, second);
});

check('every session mints for its own person', async () => {
  const [one, other] = [sdk.claimsOf(await mintFor(tab, first)), sdk.claimsOf(await mintFor(tab, second))];
  assert.equal(one.sid, first);
  assert.equal(other.sid, second);
  assert.notEqual(one.sub, other.sub);
});

check('each session can be active in a tab of its own', async () => {
  const other = await openTab(device, app);
  await switchTo(other, first);
  assert.equal(sdk.claimsOf(await sdk.freshToken(other)).sid, first);
  assert.equal(sdk.claimsOf(await sdk.freshToken(tab)).sid, second);
});

check('sign-out of one session leaves the other', async () => {
  await sdk.signOut(tab, { sessionId: second });
  await reload(tab);
  const state = await sdk.state(tab);
  assert.deepEqual(state.activeSessions, [first]);
  assert.equal(typeof (await mintFor(tab, first)), 'string');
  await sdk.mintsNothing(device, second);
});

check('sign-out of all leaves none, in the other tab too', async () => {
  const other = await openTab(device, app);
  await sdk.signOut(tab);
  await sdk.becomesSignedOut(tab);
  await sdk.becomesSignedOut(other);
  assert.deepEqual((await sdk.state(tab)).activeSessions, []);
  for (const session of [first, second]) await sdk.mintsNothing(device, session);
});

check('a second sign-in of the same person leads to the session that is there', async () => {
  const problem = await tab.evaluate(async ({ email, password }) => {
    try {
      await window.Clerk.client.signIn.create({ identifier: email, password });
      return null;
    } catch ({ errors }) {
      return { code: errors[0].code, session: errors[0].meta.sessionId };
    }
  }, ada);
  assert.deepEqual(problem, { code: 'identifier_already_signed_in', session: first });
});
