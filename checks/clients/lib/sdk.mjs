// What an application does with clerk-js, in the page; answers are plain values.
import assert from 'node:assert/strict';
import { LONGEST_WAIT_MS } from './browser.mjs';
import { codeFor, url } from './usher.mjs';

/** Signs up with e-mail, password and the code from the inbox; returns the session's id. */
export async function signUp(page, person) {
  const status = await page.evaluate(async ({ email, password }) => {
    const signUp = await window.Clerk.client.signUp.create({ emailAddress: email, password });
    await signUp.prepareEmailAddressVerification({ strategy: 'email_code' });
    return signUp.status;
  }, person);
  assert.equal(status, 'missing_requirements', 'an unverified address is not enough');
  const { code } = await codeFor(person.email);
  return page.evaluate(async (code) => {
    const done = await window.Clerk.client.signUp.attemptEmailAddressVerification({ code });
    await window.Clerk.setActive({ session: done.createdSessionId });
    return done.createdSessionId;
  }, code);
}

/** Signs in by password; returns the session's id. */
export function signIn(page, person) {
  return page.evaluate(async ({ email, password }) => {
    const done = await window.Clerk.client.signIn.create({ identifier: email, password });
    await window.Clerk.setActive({ session: done.createdSessionId });
    return done.createdSessionId;
  }, person);
}

/** Signs out of one session or of all; with a callback, since clerk-js leaves the page without one. */
export function signOut(page, options = {}) {
  return page.evaluate((options) => window.Clerk.signOut(() => {}, options), options);
}

/** What the page knows of who is signed in. */
export async function state(page) {
  await page.waitForFunction(() => window.Clerk?.loaded);
  return page.evaluate(() => ({
    isSignedIn: window.Clerk.isSignedIn,
    session: window.Clerk.session?.id ?? null,
    status: window.Clerk.session?.status ?? null,
    email: window.Clerk.user?.primaryEmailAddress?.emailAddress ?? null,
    sessions: window.Clerk.client.sessions.map((session) => session.id),
    activeSessions: window.Clerk.client.signedInSessions.map((session) => session.id),
  }));
}

/** A token that is fresh from the server; null when there is none, and the problem's status when the SDK throws. */
export function freshToken(page) {
  return page.evaluate(async () => {
    try {
      return (await window.Clerk.session?.getToken({ skipCache: true })) ?? null;
    } catch (problem) {
      return { status: problem.status, code: problem.errors?.[0]?.code };
    }
  });
}

export function cachedToken(page) {
  return page.evaluate(() => window.Clerk.session.getToken());
}

/** The claims of a token, which nobody has verified. */
export function claimsOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
}

/** Waits until the page knows that nobody is signed in. Asks from outside, since the page's own clock may be stopped. */
export async function becomesSignedOut(page) {
  const end = Date.now() + LONGEST_WAIT_MS;
  while (!(await page.evaluate(() => window.Clerk.session === null && window.Clerk.user === null))) {
    assert.ok(Date.now() < end, `the page is still signed in: ${JSON.stringify(await state(page))}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks the server past the SDK, with all that the browser holds; as whoever stole the browser's cookies would. */
export async function askWithItsCookies(device, method, path) {
  const cookies = await device.cookies();
  const devBrowser = cookies.find((cookie) => cookie.name === '__clerk_db_jwt')?.value ?? '';
  const query = new URLSearchParams({ __clerk_api_version: '2026-05-12', __clerk_db_jwt: devBrowser });
  return device.request.fetch(`${url}/v1${path}?${query}`, {
    method,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
}

/** Nothing is minted for a session any more, also for somebody who asks with all that the browser holds. */
export async function mintsNothing(device, session) {
  const answer = await askWithItsCookies(device, 'POST', `/client/sessions/${session}/tokens`);
  assert.ok([401, 404].includes(answer.status()), `the server answered ${answer.status()}: ${await answer.text()}`);
}

/** The session cookies that an application's server would see. */
export async function sessionCookies(device, origin) {
  const cookies = await device.cookies(origin);
  return cookies.filter((cookie) => /^__session(_|$)/.test(cookie.name));
}
