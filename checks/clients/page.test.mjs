// The page of a development instance, used by typing and clicking.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import { openPage, takePictures } from './lib/page.mjs';
import { claimsOf } from './lib/sdk.mjs';
import { newPerson } from './lib/usher.mjs';

let browser;
let device;
let page;
let complaints;
const person = { ...newPerson(), email: 'grace.hopper@example.com' };
const DESK = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const PHONE = 'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36';

before(async () => {
  browser = await openBrowser();
  device = await openDevice(browser, { userAgent: DESK });
});
after(() => browser?.close());

const button = (name, within = page) => within.getByRole('button', { name, exact: true });

/** The seconds that the page says are left. */
const secondsLeft = async () => Number(await page.locator('#token-left').textContent());

async function readCodeInTheInbox() {
  const inbox = await openPage(device, '/_usher/inbox');
  const row = inbox.page.locator('.message', { hasText: person.email }).first();
  const code = await row.getByRole('button', { name: /^Copy code/ }).textContent();
  await takePictures(inbox.page, 'inbox');
  assert.deepEqual(inbox.complaints, []);
  await inbox.page.close();
  return code.trim();
}

check('the page of somebody new is Clerk\'s own sign-in form', async () => {
  ({ page, complaints } = await openPage(device, '/'));
  await page.getByLabel('Email address').waitFor();
  assert.match(await page.title(), /^Sign in/);
  await takePictures(page, 'sign-in');
});

check('a person signs up with e-mail, password and the code that the inbox page shows', async () => {
  await page.getByRole('link', { name: 'Sign up' }).click();
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await takePictures(page, 'sign-up');
  await button('Continue').click();
  await page.getByText('Verify your email').waitFor();
  const code = await readCodeInTheInbox();
  assert.match(code, /^\d{6}$/);
  await page.locator('#latest-code', { hasText: code }).waitFor();
  await takePictures(page, 'code');
  await page.locator('#clerk-form input').first().focus();
  await page.keyboard.type(code, { delay: 20 });
  await page.getByRole('heading', { name: 'Your sessions' }).waitFor();
});

check('the page shows who is signed in and this session', async () => {
  await page.locator('#inside-title', { hasText: person.email }).waitFor();
  const rows = page.locator('#device-list li');
  await rows.first().waitFor();
  assert.equal(await rows.count(), 1);
  assert.match(await rows.first().textContent(), /Chrome 150 on Linux/);
  assert.match(await rows.first().textContent(), /this device/);
});

check('the page shows the current token, decoded, and counts its seconds down', async () => {
  const raw = await page.locator('#token-raw', { hasText: '.' }).textContent();
  const claims = claimsOf(raw);
  const shown = async (name) => page.locator(`#token-claims [data-claim="${name}"] .value`).textContent();
  for (const name of ['sub', 'sid', 'iss', 'azp', 'sts']) assert.equal(await shown(name), String(claims[name]), name);
  for (const name of ['iat', 'nbf', 'exp']) assert.ok((await shown(name)).startsWith(String(claims[name])), name);
  assert.match(await page.locator('#token-header').textContent(), /RS256/);
  assert.equal(await page.locator('#device-list li').getAttribute('data-session'), claims.sid);
  const before = await secondsLeft();
  assert.ok(before > 0 && before <= 60, `${before} s are left`);
  await page.waitForFunction((before) => Number(document.getElementById('token-left').textContent) < before, before);
});

check('a token is renewed by a click', async () => {
  const before = await page.locator('#token-raw').textContent();
  await button('Renew now').click();
  await page.waitForFunction((before) => document.getElementById('token-raw').textContent !== before, before);
  assert.ok((await secondsLeft()) >= 55);
});

check('another device is in the list and is signed out by a click', async () => {
  const phone = await openDevice(browser, { userAgent: PHONE });
  const other = await openPage(phone, '/');
  await other.page.getByLabel('Email address').fill(person.email);
  await button('Continue', other.page).click();
  await other.page.getByLabel('Password', { exact: true }).fill(person.password);
  await button('Continue', other.page).click();
  await other.page.getByRole('heading', { name: 'Your sessions' }).waitFor();
  const row = page.locator('#device-list li', { hasText: 'Chrome Mobile' });
  await row.waitFor();
  await takePictures(page, 'signed-in');
  await row.getByRole('button', { name: /^Sign out/ }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal(await page.locator('#device-list li').count(), 1);
  await other.page.getByLabel('Email address').waitFor();
  await phone.close();
});

check('Clerk\'s user button opens, and signs out', async () => {
  await page.locator('#clerk-user-button').getByRole('button').click();
  const panel = page.getByRole('dialog', { name: 'Account panel' });
  await panel.getByText(person.email).waitFor();
  await takePictures(page, 'user-button');
  await button('Sign out', panel).click();
  await page.getByLabel('Email address').waitFor();
  assert.equal(await page.locator('#device-list li').count(), 0);
  assert.equal(await page.locator('#token-raw').textContent(), '');
});

check('the browser had nothing to complain about, and asked nobody but Usher', () => {
  assert.deepEqual(complaints, []);
});
