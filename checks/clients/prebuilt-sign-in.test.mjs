// The prebuilt SignIn: second factors, passkeys, a forgotten password and a locked account.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startApp } from './lib/app.mjs';
import { openBrowser } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as ui from './lib/prebuilt.mjs';
import * as sdk from './lib/sdk.mjs';
import { codeAt, keyIn } from './lib/totp.mjs';
import { advance, codeFor, newMember, serverTime } from './lib/usher.mjs';

const PHONE = '+13015550124';
const TEST_CODE = '424242';
/** As the server's configuration says. */
const LOCKED_AFTER = 5;
const { button } = ui;

let app;
let browser;
let device;
let page;
let me;
let key;
let backupCodes;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  me = await newMember();
  const first = await ui.openPersonalDevice(browser);
  const profile = await ui.openPrebuilt(first, app);
  await sdk.signIn(profile, me);
  const { uri } = await profile.evaluate(() => window.Clerk.user.createTOTP());
  key = keyIn(uri);
  const enrolled = await profile.evaluate(
    async ({ phoneNumber, code, testCode }) => {
      const { user } = window.Clerk;
      const { backupCodes } = await user.verifyTOTP({ code });
      const phone = await user.createPhoneNumber({ phoneNumber });
      await phone.prepareVerification();
      await phone.attemptVerification({ code: testCode });
      await phone.setReservedForSecondFactor({ reserved: true });
      return { backupCodes };
    },
    { phoneNumber: PHONE, code: codeAt(key, await serverTime()), testCode: TEST_CODE },
  );
  backupCodes = enrolled.backupCodes;
  await first.close();
});
beforeEach(async () => {
  device = await ui.openPersonalDevice(browser);
  page = await ui.openPrebuilt(device, app);
  await ui.show(page, 'SignIn');
  await page.locator('input[name=identifier]').waitFor();
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

const goOn = () => button(page, 'Continue').click();

async function tellName(person) {
  await page.locator('input[name=identifier]').fill(person.email);
  await goOn();
}

async function tellPassword(password) {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await goOn();
}

async function otherMethod(name) {
  await page.getByLabel('Enter verification code').waitFor();
  await page.getByText('Use another method').click();
  await page.getByRole('button', { name }).click();
}

const isSignedIn = (email) => page.waitForFunction((email) => window.Clerk.user?.primaryEmailAddress.emailAddress === email, email);

check('the password and the authenticator app sign in', async () => {
  await tellName(me);
  await tellPassword(me.password);
  await page.getByLabel('Enter verification code').waitFor();
  await ui.picture(page, 'sign-in-app');
  await advance('30s');
  await ui.typeCode(page, codeAt(key, await serverTime()));
  await isSignedIn(me.email);
});

check('the password and a backup code sign in', async () => {
  await tellName(me);
  await tellPassword(me.password);
  await otherMethod('Use a backup code');
  await page.getByLabel('Backup code').fill(backupCodes.shift());
  await ui.picture(page, 'sign-in-backup-code');
  await goOn();
  await isSignedIn(me.email);
});

check('the password and a code by SMS sign in', async () => {
  await tellName(me);
  await tellPassword(me.password);
  await otherMethod(/SMS code/);
  await ui.picture(page, 'sign-in-sms');
  await ui.typeCode(page, TEST_CODE);
  await isSignedIn(me.email);
});

check('a wrong code is said to be wrong', async () => {
  await tellName(me);
  await tellPassword(me.password);
  await ui.typeCode(page, '000000');
  await page.getByText('Incorrect code').first().waitFor();
});

check('a passkey signs in', async () => {
  await ui.addAuthenticator(page);
  const person = await newMember();
  await sdk.signIn(page, person);
  await page.evaluate(() => window.Clerk.user.createPasskey());
  await sdk.signOut(page);
  await ui.show(page, 'SignIn');
  await page.getByText('Use passkey instead').click();
  await isSignedIn(person.email);
});

check('a forgotten password is reset by a code from the mailbox', async () => {
  const person = await newMember();
  await tellName(person);
  await page.getByText('Forgot password?').click();
  await button(page, 'Reset your password').click();
  const { code } = await codeFor(person.email);
  await ui.picture(page, 'sign-in-forgotten');
  await ui.typeCode(page, code);
  await page.getByLabel('New password').fill('a password to remember');
  await page.getByLabel('Confirm password').fill('a password to remember');
  await ui.picture(page, 'sign-in-reset');
  await button(page, 'Reset Password').click();
  await isSignedIn(person.email);
  await sdk.signOut(page);
  await sdk.signIn(page, { ...person, password: 'a password to remember' });
});

check('whoever guesses too often reads that the account is locked', async () => {
  const person = await newMember();
  await tellName(person);
  for (let guess = 1; guess <= LOCKED_AFTER; guess += 1) {
    const answered = page.waitForResponse((answer) => answer.url().includes('/attempt_first_factor'));
    await tellPassword(`guess number ${guess}`);
    await answered;
  }
  await page.getByText(/account is locked/i).first().waitFor();
});
