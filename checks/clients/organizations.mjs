// A server's calls with @clerk/backend as it is published: organizations, members, invitations, roles and permissions.
// Environment: USHER_URL, CLERK_SECRET_KEY. Prints one line of JSON: the names of the calls that were made.
import assert from 'node:assert/strict';
import { createClerkClient } from '@clerk/backend';
import { noted, refused } from './lib/calls.mjs';

const { USHER_URL, CLERK_SECRET_KEY } = process.env;
const clerk = createClerkClient({ secretKey: CLERK_SECRET_KEY, apiUrl: USHER_URL });
const made = new Set();
const users = noted(clerk, 'users', made);
const organizations = noted(clerk, 'organizations', made);
const roles = noted(clerk, 'organizationRoles', made);
const permissions = noted(clerk, 'organizationPermissions', made);

const person = (name) => users.createUser({ emailAddress: [`${name}@example.com`], skipPasswordRequirement: true });
const ada = await person('ada');
const bob = await person('bob');

const acme = await organizations.createOrganization({
  name: 'Acme',
  slug: 'acme',
  createdBy: ada.id,
  publicMetadata: { a: 1 },
  privateMetadata: { b: 2 },
});
assert.match(acme.id, /^org_/);
assert.deepEqual(acme.privateMetadata, { b: 2 });
assert.equal((await organizations.getOrganization({ slug: 'acme', includeMembersCount: true })).membersCount, 1);
assert.equal((await organizations.getOrganization({ organizationId: acme.id })).name, 'Acme');
const list = await organizations.getOrganizationList({ query: 'acm', userId: [ada.id], orderBy: '-created_at' });
assert.equal(list.totalCount, 1);
assert.equal(list.data[0].id, acme.id);
assert.equal((await organizations.updateOrganization(acme.id, { name: 'Acme & Co' })).name, 'Acme & Co');
const merged = await organizations.updateOrganizationMetadata(acme.id, { publicMetadata: { c: 3 } });
assert.deepEqual(merged.publicMetadata, { a: 1, c: 3 });
const replaced = await organizations.replaceOrganizationMetadata(acme.id, { publicMetadata: { d: 4 } });
assert.deepEqual(replaced.publicMetadata, { d: 4 });

// Roles and permissions

const permission = await permissions.createOrganizationPermission({
  name: 'Read invoices',
  key: 'org:invoices:read',
  description: 'Look at them',
});
const role = await roles.createOrganizationRole({
  name: 'Clerk',
  key: 'org:clerk',
  description: 'Keeps the books',
  permissions: [permission.id],
});
assert.equal(role.permissions[0].key, 'org:invoices:read');
assert.equal((await roles.getOrganizationRoleList({ query: 'clerk' })).totalCount, 1);

// Members

const membership = await organizations.createOrganizationMembership({
  organizationId: acme.id,
  userId: bob.id,
  role: 'org:clerk',
});
assert.deepEqual(membership.permissions, ['org:invoices:read']);
assert.equal(membership.publicUserData.userId, bob.id);
const members = await organizations.getOrganizationMembershipList({
  organizationId: acme.id,
  role: ['org:clerk'],
  orderBy: '+created_at',
});
assert.deepEqual(members.data.map((one) => one.publicUserData.userId), [bob.id]);
const everywhere = await organizations.getInstanceOrganizationMembershipList({ limit: 10 });
assert.equal(everywhere.totalCount, 2);
const changed = await organizations.updateOrganizationMembership({
  organizationId: acme.id,
  userId: bob.id,
  role: 'org:member',
});
assert.equal(changed.role, 'org:member');
const withMetadata = await organizations.updateOrganizationMembershipMetadata({
  organizationId: acme.id,
  userId: bob.id,
  publicMetadata: { since: 2020 },
});
assert.deepEqual(withMetadata.publicMetadata, { since: 2020 });
assert.equal((await users.getOrganizationMembershipList({ userId: bob.id })).totalCount, 1);

// Invitations

const invitation = await organizations.createOrganizationInvitation({
  organizationId: acme.id,
  inviterUserId: ada.id,
  emailAddress: 'cyd@example.com',
  role: 'org:member',
  publicMetadata: { from: 'sdk' },
});
assert.equal(invitation.status, 'pending');
const bulk = await organizations.createOrganizationInvitationBulk(acme.id, [
  { emailAddress: 'dan@example.com', role: 'org:member' },
  { emailAddress: 'eve@example.com', role: 'org:member', inviterUserId: ada.id },
]);
assert.equal(bulk.totalCount, 2);
const pending = await organizations.getOrganizationInvitationList({ organizationId: acme.id, status: ['pending'] });
assert.equal(pending.totalCount, 3);
const one = { organizationId: acme.id, invitationId: invitation.id };
assert.equal((await organizations.getOrganizationInvitation(one)).emailAddress, 'cyd@example.com');
const revoked = await organizations.revokeOrganizationInvitation({ ...one, requestingUserId: ada.id });
assert.equal(revoked.status, 'revoked');
const cyd = await person('cyd');
const invited = await users.getOrganizationInvitationList({ userId: cyd.id, status: 'revoked' });
assert.equal(invited.data[0].publicOrganizationData.name, 'Acme & Co');

// The end of all

await organizations.deleteOrganizationMembership({ organizationId: acme.id, userId: bob.id });
await refused(
  organizations.deleteOrganizationMembership({ organizationId: acme.id, userId: bob.id }),
  404,
  'resource_not_found',
);
assert.equal((await organizations.deleteOrganization(acme.id)).deleted, true);
await refused(organizations.getOrganization({ organizationId: acme.id }), 404, 'resource_not_found');

console.log(JSON.stringify([...made].sort()));
