// Clerk's own components with links by e-mail: opened out of the inbox, in the same browser and in another one.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startApp } from './lib/app.mjs';
import { openBrowser } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as ui from './lib/prebuilt.mjs';
import * as sdk from './lib/sdk.mjs';
import { newMember, newPerson, url } from './lib/usher.mjs';

const { button } = ui;

let app;
let browser;
let device;
let page;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
});
beforeEach(async () => {
  device = await ui.openPersonalDevice(browser);
  page = await ui.openPrebuilt(device, app);
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

/** Opens the newest link to an address out of the inbox, in a new tab; what the component there makes of it. */
async function openLink(where, email, component) {
  const inbox = await where.newPage();
  await inbox.goto(`${url}/_usher/inbox?to=${encodeURIComponent(email)}`);
  const link = inbox.getByRole('link', { name: 'Open the link' });
  await link.first().waitFor();
  await ui.picture(inbox, 'email-link-inbox');
  const [tab] = await Promise.all([where.waitForEvent('page'), link.first().click()]);
  await tab.waitForURL(/__clerk_status=/);
  const status = new URL(tab.url()).searchParams.get('__clerk_status');
  await ui.arrive(tab, component);
  return { tab, status };
}

const isSignedIn = (where, email) =>
  where.waitForFunction((email) => window.Clerk.user?.primaryEmailAddress.emailAddress === email, email);

async function askForLink(person) {
  await ui.show(page, 'SignIn');
  await page.locator('input[name=identifier]').fill(person.email);
  await button(page, 'Continue').click();
  await page.getByText('Use another method').click();
  await page.getByRole('button', { name: /^Email link to/ }).click();
  await page.getByText('Check your email').waitFor();
}

check('a link signs in in a second tab, and the first tab says so', async () => {
  const person = await newMember();
  await askForLink(person);
  await ui.picture(page, 'email-link-sign-in');
  const { tab, status } = await openLink(device, person.email, 'SignIn');
  assert.equal(status, 'verified');
  await isSignedIn(tab, person.email);
  await page.getByText('Return to the newly opened tab to continue').waitFor();
  await ui.picture(page, 'email-link-first-tab');
  await ui.reload(page);
  await isSignedIn(page, person.email);
});

check('in another browser a link is said to be invalid there, and then it works in the right one', async () => {
  const person = await newMember();
  await askForLink(person);
  const other = await ui.openPersonalDevice(browser);
  const { tab, status } = await openLink(other, person.email, 'SignIn');
  assert.equal(status, 'client_mismatch');
  await tab.getByText('invalid for this device').waitFor();
  await ui.picture(tab, 'email-link-mismatch');
  assert.equal(await tab.evaluate(() => window.Clerk.isSignedIn), false);
  await other.close();
  await isSignedIn((await openLink(device, person.email, 'SignIn')).tab, person.email);
});

check('a link finishes a sign-up', async () => {
  const person = newPerson('reader');
  await ui.show(page, 'SignUp');
  await page.locator('input[name=emailAddress]').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await ui.picture(page, 'email-link-sign-up');
  await button(page, 'Continue').click();
  await page.getByText('Verify your email').waitFor();
  const { tab, status } = await openLink(device, person.email, 'SignUp');
  assert.equal(status, 'verified');
  await isSignedIn(tab, person.email);
});

check('a link proves an address that is added to the profile', async () => {
  const [me, added] = [await newMember(), newPerson('added')];
  await sdk.signIn(page, me);
  await ui.show(page, 'UserProfile');
  await button(page, 'Add email address').click();
  await page.getByLabel('Email address').fill(added.email);
  await button(page, 'Add').click();
  const { status } = await openLink(device, added.email, 'UserProfile');
  assert.equal(status, 'verified');
  const row = ui.section(page, 'emailAddresses').locator('.cl-profileSectionItem', { hasText: added.email });
  await row.getByText('Unverified').waitFor({ state: 'detached' });
  await row.waitFor();
  await ui.picture(page, 'email-link-profile');
});
