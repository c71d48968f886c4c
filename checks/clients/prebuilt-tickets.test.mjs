// The prebuilt SignIn and SignUp take a ticket from the page's address.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startApp } from './lib/app.mjs';
import { openBrowser } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as ui from './lib/prebuilt.mjs';
import * as sdk from './lib/sdk.mjs';
import { call, newPerson, userOfServer } from './lib/usher.mjs';

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
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

async function isSignedIn(email) {
  await page.waitForFunction((email) => window.Clerk.user?.primaryEmailAddress.emailAddress === email, email);
  assert.equal((await sdk.state(page)).status, 'active');
  assert.deepEqual(page.complaints, []);
}

/** An invitation to the application whose link ends at the app. */
const invite = (email, more = {}) =>
  call('/invitations', { email_address: email, redirect_url: `${app.origin}/`, notify: false, ...more });

/** Follows a link, and sees to which form its ticket belongs. */
async function follow(link, form) {
  page = await ui.openPrebuilt(device, app, link);
  const address = new URL(page.url());
  assert.equal(address.origin, app.origin);
  assert.equal(address.searchParams.get('__clerk_status'), form === 'SignIn' ? 'sign_in' : 'sign_up');
  await ui.show(page, form);
}

/** The password alone is asked for: the address is known and proved. */
async function signsUp(person) {
  await page.locator('input[name=password]').fill(person.password);
  await ui.picture(page, 'sign-up-invited');
  await button(page, 'Continue').click();
  await isSignedIn(person.email);
}

check('the environment says what a ticket is', async () => {
  page = await ui.openPrebuilt(device, app);
  const ticket = await page.evaluate(() => window.Clerk.__internal_environment.userSettings.attributes.ticket);
  assert.equal(ticket.enabled, true);
  assert.equal(ticket.required, false);
  assert.equal(ticket.used_for_first_factor, false, 'it is no identifier');
});

check('a sign-in token in the address signs in, once', async () => {
  const person = await userOfServer();
  const { token } = await call('/sign_in_tokens', { user_id: person.id });
  page = await ui.openPrebuilt(device, app, `${app.origin}/?__clerk_ticket=${token}`);
  await ui.show(page, 'SignIn');
  await isSignedIn(person.email);
  assert.doesNotMatch(page.url(), /__clerk_ticket/);
  await sdk.signOut(page);
  await page.goto(`${app.origin}/?__clerk_ticket=${token}`);
  await ui.reload(page);
  await ui.show(page, 'SignIn');
  await page.locator('.cl-alert').first().waitFor();
  assert.equal((await sdk.state(page)).isSignedIn, false);
});

check('an invitation makes an account with the address that it went to', async () => {
  const person = newPerson('invited');
  const { url } = await invite(person.email, { public_metadata: { plan: 'pro' } });
  await follow(url, 'SignUp');
  await signsUp(person);
  assert.deepEqual(await page.evaluate(() => window.Clerk.user.publicMetadata), { plan: 'pro' });
});

check('a sign-up that is taken up again after the page was loaded anew keeps its ticket', async () => {
  const person = newPerson('invited');
  const { url } = await invite(person.email);
  await follow(url, 'SignUp');
  await page.locator('input[name=password]').waitFor();
  await ui.reload(page);
  await ui.show(page, 'SignUp');
  await signsUp(person);
});

check('whoever has an account accepts an invitation by signing in', async () => {
  const person = newPerson('later');
  const late = await invite(person.email);
  const { id } = await call('/users', { email_address: [person.email], password: person.password });
  await follow(late.url, 'SignIn');
  await isSignedIn(person.email);
  assert.equal(await page.evaluate(() => window.Clerk.user.id), id);
});

check('whoever has an account becomes a member by the link of an organization', async () => {
  const [owner, person] = [await userOfServer(), await userOfServer()];
  const organization = await call('/organizations', { name: 'Guests', created_by: owner.id });
  const { url } = await call(`/organizations/${organization.id}/invitations`, {
    email_address: person.email,
    role: 'org:member',
    redirect_url: `${app.origin}/`,
  });
  await follow(url, 'SignIn');
  await isSignedIn(person.email);
  const memberships = () => page.evaluate(() => window.Clerk.user.organizationMemberships.map((one) => one.organization.id));
  assert.deepEqual(await memberships(), [organization.id]);
});
