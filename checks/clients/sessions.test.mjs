// The end of a session, as the unmodified clerk-js lives through it: nothing is minted any more, and it signs out.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { openTab, reload, startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as sdk from './lib/sdk.mjs';
import { advance, newMember, serverTime } from './lib/usher.mjs';

let app;
let browser;
let person;
let device;
let tab;
let session;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  person = await newMember();
});
beforeEach(async () => {
  device = await openDevice(browser);
  tab = await openTab(device, app);
  session = await sdk.signIn(tab, person);
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

/** What has to be true of a session that is over, whoever ended it. */
async function isOver() {
  const minted = await sdk.freshToken(tab);
  assert.notEqual(typeof minted, 'string', 'a token was minted');
  await sdk.becomesSignedOut(tab);
  assert.equal(await sdk.freshToken(tab), null);
  assert.deepEqual(await sdk.sessionCookies(device, app.origin), []);
  await sdk.mintsNothing(device, session);
  await reload(tab);
  assert.deepEqual((await sdk.state(tab)).activeSessions, []);
}

for (const action of ['end', 'remove'])
  check(`after ${action} by somebody who does not tell this page, nothing is minted and it signs out`, async () => {
    const answer = await sdk.askWithItsCookies(device, 'POST', `/client/sessions/${session}/${action}`);
    assert.equal(answer.status(), 200);
    await isOver();
  });

check('after revoke on another device, nothing is minted and this one signs out', async () => {
  const phone = await openDevice(browser);
  const onPhone = await openTab(phone, app);
  const other = await sdk.signIn(onPhone, person);
  const listed = await onPhone.evaluate(async (id) => {
    const sessions = await window.Clerk.user.getSessions();
    await sessions.find((one) => one.id === id).revoke();
    return sessions.map((one) => one.id);
  }, session);
  assert.ok(listed.includes(session) && listed.includes(other), `the phone sees ${listed}`);
  await isOver();
  assert.equal((await sdk.state(onPhone)).session, other, 'the phone stays signed in');
  assert.equal(typeof (await sdk.freshToken(onPhone)), 'string');
  await phone.close();
});

check('a revoked session is noticed by the touch of a page that gets the focus', async () => {
  const answer = await sdk.askWithItsCookies(device, 'POST', `/client/sessions/${session}/remove`);
  assert.equal(answer.status(), 200);
  await tab.evaluate(() => window.dispatchEvent(new Event('focus')));
  await sdk.becomesSignedOut(tab);
});

for (const method of ['end', 'remove'])
  check(`${method} through the SDK signs out the page and the other tab`, async () => {
    const other = await openTab(device, app);
    assert.equal((await sdk.state(other)).session, session);
    await tab.evaluate((method) => window.Clerk.session[method](), method);
    await sdk.becomesSignedOut(tab);
    assert.notEqual(typeof (await sdk.freshToken(other)), 'string');
    await sdk.becomesSignedOut(other);
  });

check('a touch is activity and renews the token', async () => {
  const before = await tab.evaluate(() => window.Clerk.session.lastActiveAt.getTime());
  const token = await sdk.cachedToken(tab);
  await advance('5s');
  await tab.evaluate(() => window.Clerk.session.touch());
  assert.ok((await tab.evaluate(() => window.Clerk.session.lastActiveAt.getTime())) >= before + 5000);
  assert.notEqual(await sdk.cachedToken(tab), token);
});

check('a deleted account is signed out', async () => {
  const fleeting = await newMember();
  const elsewhere = await openDevice(browser);
  const page = await openTab(elsewhere, app);
  await sdk.signIn(page, fleeting);
  await page.evaluate(() => window.Clerk.user.delete());
  await sdk.becomesSignedOut(page);
  await elsewhere.close();
});

check('after expiry nothing is minted and the page signs out', async () => {
  await advance('8d');
  await isOver();
});

check('a page that nobody touches finds out by itself, when it renews its token', async () => {
  await device.close();
  device = await openDevice(browser);
  await device.clock.install({ time: await serverTime() });
  tab = await openTab(device, app);
  await sdk.signIn(tab, person);
  assert.equal((await sdk.state(tab)).isSignedIn, true);
  await advance('8d');
  await device.clock.runFor(70_000);
  await sdk.becomesSignedOut(tab);
});
