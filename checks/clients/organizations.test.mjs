// Organizations, as the unmodified clerk-js uses them: each tab with its own, and nobody signed out when one is lost.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { openTab, startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as sdk from './lib/sdk.mjs';
import { newMember, url } from './lib/usher.mjs';

let app;
let browser;
let ada;
let grace;
let device;
let tab;
let other;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  [ada, grace] = [await newMember(), await newMember()];
});
beforeEach(async () => {
  device = await openDevice(browser);
  tab = await openTab(device, app);
  await sdk.signIn(tab, ada);
  other = await openTab(device, app);
});
afterEach(() => device.close());
after(async () => {
  await browser?.close();
  await app?.close();
});

/** Makes an organization and is active in it; returns its id. */
const create = (page, name) =>
  page.evaluate(async (name) => {
    const organization = await window.Clerk.createOrganization({ name });
    await window.Clerk.setActive({ organization: organization.id });
    return organization.id;
  }, name);

const activate = (page, organization) =>
  page.evaluate((organization) => window.Clerk.setActive({ organization }), organization);

/** What the page knows of its organization. */
const organizationOf = (page) =>
  page.evaluate(() => ({
    id: window.Clerk.organization?.id ?? null,
    role: window.Clerk.session?.checkAuthorization({ role: 'org:admin' }) ?? null,
    manages: window.Clerk.session?.checkAuthorization({ permission: 'org:sys_memberships:manage' }) ?? null,
  }));

const organizationIn = (token) => sdk.claimsOf(token).o?.id ?? null;

check('who makes an organization is its admin, in the page and in the token', async () => {
  const id = await create(tab, 'Analytical Engines');
  assert.deepEqual(await organizationOf(tab), { id, role: true, manages: true });
  const claims = sdk.claimsOf(await sdk.freshToken(tab));
  assert.equal(claims.o.id, id);
  assert.equal(claims.o.rol, 'admin');
});

check('two tabs on two organizations mint each for its own', async () => {
  const first = await create(tab, 'First');
  const second = await create(other, 'Second');
  for (let round = 0; round < 3; round += 1) {
    const [one, two] = await Promise.all([sdk.freshToken(tab), sdk.freshToken(other)]);
    assert.equal(organizationIn(one), first);
    assert.equal(organizationIn(two), second);
  }
  await activate(other, null);
  assert.equal(organizationIn(await sdk.freshToken(other)), null);
  assert.equal(organizationIn(await sdk.freshToken(tab)), first);
});

/** Adds the other person to an organization as a member, by their own hand: invites, and has them accept. */
async function join(organization, person, their) {
  await tab.evaluate(
    async ({ organization, email }) => {
      const found = await window.Clerk.getOrganization(organization);
      await found.inviteMember({ emailAddress: email, role: 'org:member' });
    },
    { organization, email: person.email },
  );
  await their.evaluate(async () => {
    const { data } = await window.Clerk.user.getOrganizationInvitations({ status: 'pending' });
    await data[0].accept();
  });
}

check('who is removed while both poll gets a token without the organization and stays signed in', async () => {
  const organization = await create(tab, 'Removing');
  const phone = await openDevice(browser);
  const theirs = await openTab(phone, app);
  const session = await sdk.signIn(theirs, grace);
  await join(organization, grace, theirs);
  await activate(theirs, organization);
  assert.equal(organizationIn(await sdk.freshToken(theirs)), organization);
  assert.deepEqual(await organizationOf(theirs), { id: organization, role: false, manages: false });
  await tab.evaluate(
    async ({ organization, email }) => {
      const found = await window.Clerk.getOrganization(organization);
      const { data } = await found.getMemberships({ query: email });
      await found.removeMember(data[0].publicUserData.userId);
    },
    { organization, email: grace.email },
  );
  const refused = await sdk.freshToken(theirs);
  assert.deepEqual(refused, { status: 404, code: 'organization_not_found_or_unauthorized' });
  await theirs.evaluate(() => window.Clerk.session.reload());
  assert.equal((await organizationOf(theirs)).id, null);
  assert.equal(organizationIn(await sdk.freshToken(theirs)), null);
  const state = await sdk.state(theirs);
  assert.equal(state.session, session);
  assert.equal(state.status, 'active');
  assert.equal(organizationIn(await sdk.freshToken(tab)), organization);
  await phone.close();
});

check('a picture is taken, shown and taken away', async () => {
  await create(tab, 'Pictured');
  const shown = await tab.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d').fillRect(0, 0, 8, 8);
    const file = new File([await canvas.convertToBlob()], 'logo.png', { type: 'image/png' });
    const { imageUrl, hasImage } = await window.Clerk.organization.setLogo({ file });
    return { imageUrl, hasImage };
  });
  assert.equal(shown.hasImage, true);
  assert.ok(shown.imageUrl.startsWith(`${url}/`));
  const picture = await fetch(shown.imageUrl);
  assert.equal(picture.headers.get('content-type'), 'image/png');
  await tab.evaluate(() => window.Clerk.organization.setLogo({ file: null }));
  assert.equal(await tab.evaluate(() => window.Clerk.organization.hasImage), false);
});

check('the last in charge cannot leave, and everybody else can', async () => {
  const organization = await create(tab, 'Leaving');
  const code = await tab.evaluate(async (id) => {
    try {
      await window.Clerk.user.leaveOrganization(id);
      return null;
    } catch ({ errors }) {
      return errors[0].code;
    }
  }, organization);
  assert.equal(code, 'organization_minimum_permissions_needed');
  const phone = await openDevice(browser);
  const theirs = await openTab(phone, app);
  await sdk.signIn(theirs, grace);
  await join(organization, grace, theirs);
  await theirs.evaluate((id) => window.Clerk.user.leaveOrganization(id), organization);
  const left = await theirs.evaluate(() => window.Clerk.user.organizationMemberships.length);
  assert.equal(left, 0);
  await phone.close();
});
