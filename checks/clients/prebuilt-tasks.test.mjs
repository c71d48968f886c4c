// The prebuilt SignIn and SignUp lead through the tasks of a pending session: another password, a second factor.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startApp } from './lib/app.mjs';
import { openBrowser } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as ui from './lib/prebuilt.mjs';
import * as sdk from './lib/sdk.mjs';
import { codeAt, keyIn } from './lib/totp.mjs';
import { call, codeFor, newPerson, serverTime, userOfServer } from './lib/usher.mjs';

const TEST_CODE = '424242';
const NEW_PASSWORD = 'a password to remember';
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

const goOn = () => button(page, 'Continue').click();

async function tellName(person) {
  await ui.show(page, 'SignIn');
  await page.locator('input[name=identifier]').fill(person.email);
  await goOn();
}

async function signIn(person) {
  await tellName(person);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await goOn();
}

/** Waits until the session's first task is the one. */
const isAskedFor = (task) => page.waitForFunction((task) => window.Clerk.session?.currentTask?.key === task, task);

async function isSignedIn(person) {
  await page.waitForFunction(() => window.Clerk.session?.status === 'active' && !window.Clerk.session.currentTask);
  assert.equal((await sdk.state(page)).email, person.email);
  assert.equal(sdk.claimsOf(await sdk.freshToken(page)).sts, 'active');
}

/** Adds an authenticator app: its secret is read from what the server answers, as the app would from the picture. */
async function addsApp() {
  const answered = page.waitForResponse((answer) => /\/me\/totp\/?\?/.test(answer.url()) && answer.ok());
  await page.getByText('Authenticator application').click();
  const { response } = await (await answered).json();
  await goOn();
  await ui.typeCode(page, codeAt(keyIn(response.uri), await serverTime()));
  await page.getByText(/backup codes/i).first().waitFor();
  await ui.picture(page, 'task-setup-mfa-codes');
}

check('whoever signs in without a second factor adds an authenticator app first', async () => {
  const person = await userOfServer();
  await signIn(person);
  await isAskedFor('setup-mfa');
  assert.equal(await page.evaluate(() => window.Clerk.isSignedIn), false, 'pending is treated as signed out');
  assert.equal(sdk.claimsOf(await sdk.freshToken(page)).sts, 'pending');
  await page.getByText('Authenticator application').waitFor();
  await ui.picture(page, 'task-setup-mfa');
  await addsApp();
  await goOn();
  await isSignedIn(person);
});

check('whoever signs up adds a number for codes first', async () => {
  const person = newPerson('newcomer');
  await ui.show(page, 'SignUp');
  await page.locator('input[name=emailAddress]').fill(person.email);
  await page.locator('input[name=password]').fill(person.password);
  await goOn();
  await ui.typeCode(page, (await codeFor(person.email)).code);
  await isAskedFor('setup-mfa');
  await page.getByText('SMS code').click();
  await page.locator('input[type=tel]').fill('3015550177');
  await goOn();
  await ui.typeCode(page, TEST_CODE);
  await page.getByText(/backup codes/i).first().waitFor();
  await goOn();
  await isSignedIn(person);
});

check('whoever has a compromised password signs in by a code, adds a second factor and sets another one', async () => {
  const person = await userOfServer();
  await call(`/users/${person.id}/password/set_compromised`, {});
  await signIn(person);
  await page.getByText(/compromised/i).first().waitFor();
  await page.getByRole('button', { name: /Email code to/ }).click();
  await ui.typeCode(page, (await codeFor(person.email)).code);
  await isAskedFor('setup-mfa');
  await addsApp();
  await goOn();
  // An app that names no page of its own for signing in has the next step on the server's.
  await page.waitForURL(/sign-in\/tasks\/reset-password|#\/tasks\/reset-password/);
  await page.getByLabel('New password').waitFor();
  await ui.picture(page, 'task-reset-password');
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByLabel('Confirm password').fill(NEW_PASSWORD);
  await button(page, 'Reset Password').click();
  await page.waitForURL(`${app.origin}/**`);
  await ui.reload(page);
  await isSignedIn(person);
});

check('a page that is loaded anew knows what is still to be done', async () => {
  const person = await userOfServer();
  await signIn(person);
  await isAskedFor('setup-mfa');
  await ui.reload(page);
  await isAskedFor('setup-mfa');
  await ui.show(page, 'TaskSetupMFA', { redirectUrlComplete: '/?done' });
  await addsApp();
  await goOn();
  await isSignedIn(person);
  await page.waitForURL(/\?done/);
});
