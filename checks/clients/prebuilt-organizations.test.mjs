// The prebuilt components for organizations, by typing and clicking: made, switched, changed, staffed, left and deleted.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { startApp } from './lib/app.mjs';
import { openBrowser } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as ui from './lib/prebuilt.mjs';
import * as sdk from './lib/sdk.mjs';
import { newMember } from './lib/usher.mjs';

const { button, section } = ui;

/** Where the components lead to: pages of the same application. */
const PLACES = {
  afterCreateOrganizationUrl: '/?made',
  afterSelectOrganizationUrl: '/?chosen',
  afterSelectPersonalUrl: '/?personal',
  afterLeaveOrganizationUrl: '/?left',
};

let app;
let browser;
let page;
let theirs;
let ada;
let grace;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  [ada, grace] = [await newMember(), await newMember()];
  page = await ui.openPrebuilt(await ui.openPersonalDevice(browser), app);
  theirs = await ui.openPrebuilt(await ui.openPersonalDevice(browser), app);
  await sdk.signIn(page, ada);
  await sdk.signIn(theirs, grace);
});
after(async () => {
  await browser?.close();
  await app?.close();
});

const show = (tab, component, options) => ui.show(tab, component, { ...PLACES, ...options });

/** Waits until the page's organization has a name, or until there is none. */
const isIn = (tab, name) => tab.waitForFunction((name) => (window.Clerk.organization?.name ?? null) === name, name);

async function fillIn(form, name) {
  await form.getByLabel('Name').fill(name);
  await button(form, 'Create organization').click();
}

check('an organization is made, with a logo', async () => {
  await show(page, 'CreateOrganization', { skipInvitationScreen: true });
  await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: ui.IMAGE });
  await ui.picture(page, 'organization-create');
  await fillIn(page, 'Analytical Engines');
  await isIn(page, 'Analytical Engines');
  assert.equal(await page.evaluate(() => window.Clerk.organization.hasImage), true);
});

check('a second one is made from the list', async () => {
  await ui.reload(page);
  await show(page, 'OrganizationList', { skipInvitationScreen: true });
  await page.getByText('Analytical Engines').waitFor();
  const logo = page.locator('.cl-organizationPreviewAvatarImage').first();
  assert.equal(await logo.evaluate((image) => image.decode().then(() => image.naturalWidth)), 1);
  await ui.picture(page, 'organization-list');
  await button(page, 'Create organization').click();
  await fillIn(page, 'Difference Engines');
  await isIn(page, 'Difference Engines');
});

check('the switcher leads to the other one, and to the personal account', async () => {
  await show(page, 'OrganizationSwitcher');
  await page.locator('.cl-organizationSwitcherTrigger').click();
  await ui.picture(page, 'organization-switcher');
  await page.locator('.cl-organizationSwitcherPopoverCard').getByText('Personal account').click();
  await isIn(page, null);
  assert.equal(sdk.claimsOf(await sdk.freshToken(page)).o, undefined);
  await page.locator('.cl-organizationSwitcherTrigger').click();
  await page.locator('.cl-organizationSwitcherPopoverCard').getByText('Analytical Engines').click();
  await isIn(page, 'Analytical Engines');
  assert.ok(sdk.claimsOf(await sdk.freshToken(page)).o.id);
});

check('it is renamed', async () => {
  await show(page, 'OrganizationProfile');
  await button(page, 'Update profile').click();
  await page.getByLabel('Name').fill('Analytical Engines & Co');
  await button(page, 'Save').click();
  await section(page, 'organizationProfile').getByText('Analytical Engines & Co').waitFor();
  await ui.picture(page, 'organization-profile');
});

const memberRow = () => page.getByRole('row').filter({ hasText: grace.email });

check('somebody is invited by e-mail and joins from their list', async () => {
  await button(page, 'Members').click();
  await button(page, 'Invite').click();
  await page.getByTestId('tag-input').pressSequentially(`${grace.email},`);
  await ui.picture(page, 'organization-invite');
  await button(page, 'Send invitations').click();
  await page.getByText('Invitations successfully sent').waitFor();
  await show(theirs, 'OrganizationList');
  await button(theirs, 'Join').click();
  await theirs.waitForFunction(() => window.Clerk.user.organizationMemberships.length === 1);
});

check('the member gets another role', async () => {
  await ui.reload(page);
  await show(page, 'OrganizationProfile');
  await button(page, 'Members').click();
  await memberRow().waitFor();
  await ui.picture(page, 'organization-members');
  await button(memberRow(), 'Member').click();
  const changed = page.waitForResponse((answer) => /\/memberships\/user_/.test(answer.url()) && answer.ok());
  await memberRow().getByText('Admin', { exact: true }).click();
  await changed;
  await button(memberRow(), 'Admin').waitFor();
});

check('whoever is in charge too can leave', async () => {
  await theirs.evaluate(() =>
    window.Clerk.setActive({ organization: window.Clerk.user.organizationMemberships[0].organization.id }),
  );
  await show(theirs, 'OrganizationProfile');
  await button(theirs, 'Leave organization').click();
  await theirs.getByLabel(/Type/).fill('Analytical Engines & Co');
  await button(theirs, 'Leave organization').last().click();
  await isIn(theirs, null);
  assert.equal((await sdk.state(theirs)).isSignedIn, true);
});

check('a member is removed', async () => {
  await page.evaluate((email) => window.Clerk.organization.inviteMember({ emailAddress: email, role: 'org:member' }), grace.email);
  await theirs.evaluate(async () => {
    const { data } = await window.Clerk.user.getOrganizationInvitations({ status: 'pending' });
    await data[0].accept();
  });
  await ui.reload(page);
  await show(page, 'OrganizationProfile');
  await button(page, 'Members').click();
  await ui.choose(memberRow(), 'Remove member');
  await memberRow().waitFor({ state: 'detached' });
});

check('it is deleted', async () => {
  await button(page, 'General').click();
  await button(page, 'Delete organization').click();
  await page.getByLabel(/Type/).fill('Analytical Engines & Co');
  await button(page, 'Delete organization').last().click();
  await isIn(page, null);
  await page.waitForFunction(
    () => window.Clerk.user.organizationMemberships.map((one) => one.organization.name).join() === 'Difference Engines',
  );
});

check('the pages had nothing to complain about', () => assert.deepEqual([page.complaints, theirs.complaints], [[], []]));
