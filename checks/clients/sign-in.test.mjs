// Signing up and in with the unmodified clerk-js, in a single-session instance.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { load, openTab, reload, startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as sdk from './lib/sdk.mjs';
import { codeFor, issuer, newMember, newPerson } from './lib/usher.mjs';

let app;
let browser;
let device;
let tab;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
});
beforeEach(async () => {
  device = await openDevice(browser);
  tab = await openTab(device, app);
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

check('a new browser is signed out', async () => {
  const state = await sdk.state(tab);
  assert.deepEqual(state, { isSignedIn: false, session: null, status: null, email: null, sessions: [], activeSessions: [] });
  assert.deepEqual(await sdk.sessionCookies(device, app.origin), []);
});

check('sign-up with e-mail, password and the code from the inbox ends in a session', async () => {
  const person = newPerson();
  const session = await sdk.signUp(tab, person);
  const state = await sdk.state(tab);
  assert.equal(state.session, session);
  assert.equal(state.status, 'active');
  assert.equal(state.email, person.email);
  assert.equal(state.isSignedIn, true);
  const address = await tab.evaluate(() => window.Clerk.user.primaryEmailAddress.verification.status);
  assert.equal(address, 'verified');
});

check('a wrong code is refused and the right one still works', async () => {
  const person = newPerson();
  await tab.evaluate(async ({ email, password }) => {
    const signUp = await window.Clerk.client.signUp.create({ emailAddress: email, password });
    await signUp.prepareEmailAddressVerification({ strategy: 'email_code' });
  }, person);
  const { code } = await codeFor(person.email);
  const attempt = (code) =>
    tab.evaluate(async (code) => {
      try {
        return (await window.Clerk.client.signUp.attemptEmailAddressVerification({ code })).status;
      } catch (problem) {
        return problem.errors[0].code;
      }
    }, code);
  assert.equal(await attempt(code === '000000' ? '000001' : '000000'), 'form_code_incorrect');
  assert.equal(await attempt(code), 'complete');
});

check('sign-in by password', async () => {
  const person = await newMember();
  const session = await sdk.signIn(tab, person);
  const state = await sdk.state(tab);
  assert.equal(state.session, session);
  assert.equal(state.email, person.email);
});

check('a wrong password is refused', async () => {
  const person = await newMember();
  const code = await tab.evaluate(async ({ email }) => {
    try {
      return (await window.Clerk.client.signIn.create({ identifier: email, password: 'wrong horse battery' })).status;
    } catch (problem) {
      return problem.errors[0].code;
    }
  }, person);
  assert.equal(code, 'form_password_incorrect');
  assert.equal((await sdk.state(tab)).session, null);
});

check('sign-in by e-mail code', async () => {
  const person = await newMember();
  const atSignUp = await codeFor(person.email);
  const status = await tab.evaluate(async ({ email }) => {
    const signIn = await window.Clerk.client.signIn.create({ identifier: email });
    const { emailAddressId } = signIn.supportedFirstFactors.find((factor) => factor.strategy === 'email_code');
    await signIn.prepareFirstFactor({ strategy: 'email_code', emailAddressId });
    return signIn.status;
  }, person);
  assert.equal(status, 'needs_first_factor');
  const { code } = await codeFor(person.email, atSignUp);
  await tab.evaluate(async (code) => {
    const done = await window.Clerk.client.signIn.attemptFirstFactor({ strategy: 'email_code', code });
    await window.Clerk.setActive({ session: done.createdSessionId });
  }, code);
  assert.equal((await sdk.state(tab)).email, person.email);
});

check('getToken gives a token of this session, from its cache until asked for a fresh one', async () => {
  const session = await sdk.signUp(tab, newPerson());
  const token = await sdk.cachedToken(tab);
  const claims = sdk.claimsOf(token);
  assert.equal(claims.sid, session);
  assert.equal(claims.iss, issuer);
  assert.equal(claims.azp, app.origin);
  assert.equal(claims.exp - claims.iat, 60);
  assert.equal(await sdk.cachedToken(tab), token);
  const fresh = await sdk.freshToken(tab);
  assert.notEqual(fresh, token);
  assert.equal(sdk.claimsOf(fresh).sid, session);
});

check('the session cookies carry the current token for the application\'s own server', async () => {
  await sdk.signUp(tab, newPerson());
  const token = await sdk.freshToken(tab);
  const cookies = await sdk.sessionCookies(device, app.origin);
  assert.equal(cookies.length, 2, 'with and without suffix');
  for (const cookie of cookies) assert.equal(cookie.value, token);
});

check('reload keeps the session, and it mints', async () => {
  const session = await sdk.signUp(tab, newPerson());
  await reload(tab);
  assert.equal((await sdk.state(tab)).session, session);
  assert.equal(sdk.claimsOf(await sdk.freshToken(tab)).sid, session);
});

check('scripts cannot read the client cookie', async () => {
  await sdk.signUp(tab, newPerson());
  const client = (await device.cookies()).find((cookie) => cookie.name === '__client');
  assert.equal(client?.httpOnly, true);
  assert.equal(client.sameSite, 'Lax');
  assert.ok(!(await tab.evaluate(() => document.cookie)).includes('__client='));
});

check('sign-out ends in a browser that is signed out, after reload too', async () => {
  const session = await sdk.signUp(tab, newPerson());
  await sdk.signOut(tab);
  await sdk.becomesSignedOut(tab);
  assert.deepEqual(await sdk.sessionCookies(device, app.origin), []);
  await reload(tab);
  assert.equal((await sdk.state(tab)).session, null);
  await sdk.mintsNothing(device, session);
});

check('sign-out in one tab reaches the other', async () => {
  await sdk.signUp(tab, newPerson());
  const other = await openTab(device, app);
  assert.equal((await sdk.state(other)).isSignedIn, true);
  await sdk.signOut(tab);
  await sdk.becomesSignedOut(other);
});

check('a development browser that the server does not know is replaced by a new one', async () => {
  await device.clearCookies();
  await device.addCookies([{ name: '__clerk_db_jwt', value: 'dvb_unknown', url: app.origin }]);
  await tab.reload();
  await load(tab);
  await sdk.signUp(tab, newPerson());
  const devBrowser = (await device.cookies(app.origin)).find((cookie) => cookie.name === '__clerk_db_jwt');
  assert.notEqual(devBrowser.value, 'dvb_unknown');
});

check('in single-session mode a second sign-in in the same browser is refused', async () => {
  const [first, second] = [newPerson(), await newMember()];
  const session = await sdk.signUp(tab, first);
  const code = await tab.evaluate(async ({ email, password }) => {
    try {
      return (await window.Clerk.client.signIn.create({ identifier: email, password })).status;
    } catch (problem) {
      return problem.errors[0].code;
    }
  }, second);
  assert.equal(code, 'session_exists');
  assert.equal((await sdk.state(tab)).session, session);
});
