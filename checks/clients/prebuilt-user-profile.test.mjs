// The prebuilt UserProfile, by typing and clicking: every factor is added and removed, and each way of proving once more who
// one is lets a stale change through.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openTab, startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as ui from './lib/prebuilt.mjs';
import * as sdk from './lib/sdk.mjs';
import { codeAt, keyIn } from './lib/totp.mjs';
import { advance, codeFor, newMember, newPerson, serverTime } from './lib/usher.mjs';

const PHONE = { typed: '3015550123', shown: '+1 (301) 555-0123' };
const TEST_CODE = '424242';
const { button, section } = ui;

let app;
let browser;
let device;
let page;
let me;
let second;
let key;
let backupCodes;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  device = await ui.openPersonalDevice(browser);
  [me, second] = [await newMember(), newPerson('second')];
  page = await ui.openPrebuilt(device, app);
  await ui.addAuthenticator(page);
});
after(async () => {
  await browser?.close();
  await app?.close();
});

/** A change that comes too late after the last proof: it is refused, a window opens by itself, and then it goes through. */
async function lateChange(path, change, tell, method) {
  await advance('11m');
  const answered = (status) =>
    page.waitForResponse((answer) => path.test(new URL(answer.url()).pathname) && answer.status() === status);
  const outcome = Promise.all([answered(403), answered(200)]);
  outcome.catch(() => {});
  await change();
  await ui.prove(page, tell, method);
  await outcome;
}

const tellCode = async (window, address) => ui.typeCode(window, (await codeFor(address)).code);

async function tellPassword(window) {
  await window.getByLabel('Password', { exact: true }).fill(me.password);
  await button(window, 'Continue').click();
}

async function tellApp(window) {
  await advance('30s');
  await ui.typeCode(window, codeAt(key, await serverTime()));
}

async function tellBackupCode(window) {
  await window.getByLabel('Backup code').fill(backupCodes.shift());
  await button(window, 'Continue').click();
}

check('the profile of somebody new', async () => {
  await sdk.signIn(page, me);
  await ui.show(page, 'UserProfile');
  await section(page, 'emailAddresses').getByText(me.email).waitFor();
  await ui.picture(page, 'profile');
});

check('a picture is given in place of initials, and taken away again', async () => {
  /** Waits for the one picture of that width: while a form goes away, its section is there twice. */
  const isWide = (width) =>
    page.waitForFunction((width) => {
      const within = (what) => [...document.querySelectorAll(`.cl-profileSection__profile ${what}`)];
      const [pictures, forms] = [within('img'), within('form')];
      return !forms.length && pictures.length === 1 && pictures[0].complete && pictures[0].naturalWidth === width;
    }, width);
  await page.waitForFunction(() => window.Clerk.user.imageUrl.includes('/avatar_placeholder/'));
  await isWide(80);
  await button(page, 'Update profile').click();
  assert.equal(await button(page, 'Remove').count(), 0, 'initials cannot be removed');
  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: ui.IMAGE });
  await button(page, 'Update profile').waitFor();
  await isWide(1);
  await button(page, 'Update profile').click();
  await button(page, 'Remove').click();
  await button(page, 'Update profile').waitFor();
  await isWide(80);
});

check('names are changed', async () => {
  await button(page, 'Update profile').click();
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('Last name').fill('Lovelace');
  await button(page, 'Save').click();
  await section(page, 'profile').getByText('Ada Lovelace').waitFor();
});

check('a second e-mail address is added, after the password', async () => {
  await button(page, 'Add email address').click();
  await page.getByLabel('Email address').fill(second.email);
  await lateChange(/\/me\/email_addresses\/?$/, () => button(page, 'Add').click(), tellPassword);
  await tellCode(section(page, 'emailAddresses'), second.email);
  await section(page, 'emailAddresses').getByLabel('Enter verification code').waitFor({ state: 'detached' });
  await ui.picture(page, 'profile-addresses');
});

const rowOf = (text) => section(page, 'emailAddresses').locator('.cl-profileSectionItem', { hasText: text });

check('it becomes the primary one, after a code by e-mail', async () => {
  await lateChange(/\/me$/, () => ui.choose(rowOf(second.email), 'Set as primary'), (window) => tellCode(window, me.email), /Email code to m/);
  await rowOf(second.email).getByText('Primary').waitFor();
});

check('the first address is removed', async () => {
  await ui.choose(rowOf(me.email), 'Remove email');
  await button(section(page, 'emailAddresses'), 'Remove').click();
  await rowOf(me.email).waitFor({ state: 'detached' });
  me.email = second.email;
});

check('a phone number is added and verified', async () => {
  const numbers = section(page, 'phoneNumbers');
  await button(numbers, 'Add phone number').click();
  await numbers.getByRole('textbox', { name: 'Phone number' }).fill(PHONE.typed);
  await button(numbers, 'Add').click();
  await ui.typeCode(numbers, TEST_CODE);
  await numbers.getByLabel('Enter verification code').waitFor({ state: 'detached' });
  await numbers.getByText(PHONE.shown).waitFor();
});

check('a passkey is registered, after a code by SMS', async () => {
  await button(page, 'Security').click();
  await lateChange(/\/me\/passkeys$/, () => button(page, 'Add a passkey').click(), (window) => ui.typeCode(window, TEST_CODE), /SMS code/);
  await section(page, 'passkeys').getByText('Created:').waitFor();
});

check('another device is shown, and signed out after the passkey', async () => {
  const phone = await openDevice(browser, { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0' });
  const other = await openTab(phone, app);
  await sdk.signIn(other, me);
  await ui.reload(page);
  await ui.show(page, 'UserProfile');
  await button(page, 'Security').click();
  const row = section(page, 'activeDevices').locator('.cl-activeDeviceListItem', { hasText: 'Firefox' });
  await row.waitFor();
  await ui.picture(page, 'profile-devices');
  await lateChange(/\/me\/sessions\/[^/]+\/revoke$/, () => ui.choose(row, 'Sign out of device'), (window) => button(window, 'Use your passkey').click());
  await row.waitFor({ state: 'detached' });
  await other.evaluate(() => window.Clerk.session?.reload().catch(() => {}));
  await sdk.becomesSignedOut(other);
  await phone.close();
});

/** They are in the page twice: to be seen, and to be printed. */
async function shownBackupCodes() {
  await button(section(page, 'mfa'), 'Finish').waitFor();
  const codes = new Set(await section(page, 'mfa').getByText(/^[a-z0-9]{8}$/).allTextContents());
  assert.equal(codes.size, 10);
  return [...codes];
}

check('an authenticator app is set up by the address in the QR code, and brings backup codes', async () => {
  const factors = section(page, 'mfa');
  await button(page, 'Add two-step verification').click();
  await page.getByRole('menuitem', { name: 'Authenticator application' }).click();
  await factors.locator('svg').first().waitFor();
  await ui.picture(page, 'profile-qr-code');
  await button(factors, 'Can’t scan QR code?').click();
  key = keyIn(await factors.locator('input[value^="otpauth:"]').inputValue());
  await button(factors, 'Continue').click();
  await ui.typeCode(factors, codeAt(key, await serverTime()));
  await button(factors, 'Finish').waitFor();
  await ui.picture(page, 'profile-backup-codes');
  backupCodes = await shownBackupCodes();
  await button(factors, 'Finish').click();
  await button(factors, 'Finish').waitFor({ state: 'detached' });
  await factor('Backup codes').waitFor();
});

const factor = (text) => section(page, 'mfa').locator('.cl-profileSectionItem', { hasText: text });

check('backup codes are made anew, after the app', async () => {
  await lateChange(/\/me\/backup_codes\/?$/, () => ui.choose(factor('Backup codes'), 'Regenerate'), tellApp);
  const newCodes = await shownBackupCodes();
  assert.ok(!newCodes.some((code) => backupCodes.includes(code)));
  backupCodes = newCodes;
  await button(section(page, 'mfa'), 'Finish').click();
});

check('the password is changed and other devices are signed out, after a backup code', async () => {
  const phone = await openDevice(browser);
  const other = await openTab(phone, app);
  await other.evaluate(async ({ email, password }) => {
    await window.Clerk.client.signIn.create({ identifier: email, password });
  }, me);
  await other.evaluate(async (code) => {
    const done = await window.Clerk.client.signIn.attemptSecondFactor({ strategy: 'backup_code', code });
    await window.Clerk.setActive({ session: done.createdSessionId });
  }, backupCodes.shift());
  me.password = 'quite another horse';
  await button(page, 'Update password').click();
  await page.getByLabel('New password').fill(me.password);
  await page.getByLabel('Confirm password').fill(me.password);
  assert.equal(await page.getByLabel('Sign out of all other devices').isChecked(), true);
  await lateChange(/\/me\/change_password$/, () => button(page, 'Save').click(), tellBackupCode, 'Use a backup code');
  await page.getByLabel('New password').waitFor({ state: 'detached' });
  await other.evaluate(() => window.Clerk.session?.reload().catch(() => {}));
  await sdk.becomesSignedOut(other);
  await phone.close();
});

check('the phone number becomes a second factor, and proves once more who one is', async () => {
  await button(page, 'Add two-step verification').click();
  await page.getByRole('menuitem', { name: 'SMS code' }).click();
  await section(page, 'mfa').getByRole('button', { name: /555-0123/ }).click();
  await button(section(page, 'mfa'), 'Finish').click();
  await factor('SMS code').waitFor();
  await lateChange(/\/me\/totp\/?$/, async () => {
    await ui.choose(factor('Authenticator application'), 'Remove');
    await button(section(page, 'mfa'), 'Remove').click();
  }, (window) => ui.typeCode(window, TEST_CODE), /SMS code/);
  await factor('Authenticator application').waitFor({ state: 'detached' });
});

check('the rest is removed', async () => {
  await ui.choose(factor('SMS code'), 'Remove');
  await button(section(page, 'mfa'), 'Remove').click();
  await factor('SMS code').waitFor({ state: 'detached' });
  const passkeys = section(page, 'passkeys');
  const remove = async () => {
    await ui.choose(passkeys.locator('.cl-profileSectionItem').first(), 'Remove');
    await button(passkeys, 'Remove').click();
  };
  await lateChange(/\/me\/passkeys\/[^/]+$/, remove, (window) => button(window, 'Use your passkey').click());
  await passkeys.getByText('Created:').waitFor({ state: 'detached' });
  await ui.picture(page, 'profile-security');
  await button(page, 'Profile').click();
  await ui.choose(section(page, 'phoneNumbers'), 'Remove phone number');
  await button(section(page, 'phoneNumbers'), 'Remove').click();
  await section(page, 'phoneNumbers').getByText(PHONE.shown).waitFor({ state: 'detached' });
});

check('the account is deleted', async () => {
  await button(page, 'Security').click();
  const danger = section(page, 'danger');
  await button(danger, 'Delete account').click();
  await danger.getByLabel(/Type/).fill('Delete account');
  await ui.picture(page, 'profile-delete');
  await button(danger, 'Delete account').last().click();
  await sdk.becomesSignedOut(page);
  const refused = await page.evaluate(
    ({ email, password }) =>
      window.Clerk.client.signIn.create({ identifier: email, password }).catch(({ errors }) => errors[0].code),
    me,
  );
  assert.equal(refused, 'form_identifier_not_found');
});

check('the page had nothing to complain about', () => assert.deepEqual(page.complaints, []));
