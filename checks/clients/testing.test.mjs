// @clerk/testing's helpers for Playwright, as published: they sign in and out in an app's page.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as sdk from './lib/sdk.mjs';
import { call, url } from './lib/usher.mjs';

const PHONE = '+13015550142';
const PASSWORD = 'correct horse battery';

// One helper asks Clerk's own address whatever is set: here that address is the server's, as a name server could say.
const { fetch: plainFetch } = globalThis;
globalThis.fetch = (target, options) =>
  plainFetch(target instanceof URL || typeof target === 'string' ? String(target).replace(/^https:\/\/api\.clerk\.com(?=\/)/, url) : target, options);
const { clerk, clerkSetup, setupClerkTestingToken } = await import('@clerk/testing/playwright');

let app;
let browser;
let device;
let page;
let people = 0;

before(async () => {
  await clerkSetup();
  app = await startApp();
  browser = await openBrowser();
});
beforeEach(async () => {
  device = await openDevice(browser);
  page = await device.newPage();
  await setupClerkTestingToken({ page });
  await page.goto(app.origin);
  await page.evaluate(() => window.Clerk.load({ telemetry: false, routerPush: () => {}, routerReplace: () => {} }));
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

async function newUser(more = {}) {
  people += 1;
  const email = `tested${people}+clerk_test@example.com`;
  await call('/users', { email_address: [email], password: PASSWORD, ...more });
  return email;
}

async function isSignedIn(email) {
  await page.waitForFunction(() => window.Clerk.session?.status === 'active');
  assert.equal((await sdk.state(page)).email, email);
}

async function signsOut() {
  await clerk.signOut({ page });
  await page.waitForFunction(() => !window.Clerk || window.Clerk.user === null || window.Clerk.user === undefined);
}

check('the set-up brings a testing token and the host of the keys', () => {
  assert.ok(process.env.CLERK_TESTING_TOKEN);
  assert.ok(process.env.CLERK_FAPI);
});

check('an address alone signs in, by a ticket', async () => {
  const emailAddress = await newUser();
  await clerk.signIn({ page, emailAddress });
  await isSignedIn(emailAddress);
  await signsOut();
});

const strategies = {
  password: (identifier) => ({ strategy: 'password', identifier, password: PASSWORD }),
  email_code: (identifier) => ({ strategy: 'email_code', identifier }),
  phone_code: () => ({ strategy: 'phone_code', identifier: PHONE }),
};

for (const [strategy, signInParams] of Object.entries(strategies))
  check(`${strategy} signs in, and out again`, async () => {
    const email = await newUser(strategy === 'phone_code' ? { phone_number: [PHONE] } : {});
    await clerk.loaded({ page });
    await clerk.signIn({ page, signInParams: signInParams(email) });
    await isSignedIn(email);
    await signsOut();
  });
