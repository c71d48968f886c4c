// A server's calls with @clerk/backend as it is published: users, e-mail addresses, phone numbers, instance.
// Environment: USHER_URL, CLERK_SECRET_KEY. Prints one line of JSON: the names of the calls that were made.
import assert from 'node:assert/strict';
import { createClerkClient } from '@clerk/backend';
import { noted, refused } from './lib/calls.mjs';

const { USHER_URL, CLERK_SECRET_KEY } = process.env;
const clerk = createClerkClient({ secretKey: CLERK_SECRET_KEY, apiUrl: USHER_URL });
const made = new Set();

const users = noted(clerk, 'users', made);
const emailAddresses = noted(clerk, 'emailAddresses', made);
const phoneNumbers = noted(clerk, 'phoneNumbers', made);
const instance = noted(clerk, 'instance', made);

// Users

const password = 'correct horse battery';
const ada = await users.createUser({
  externalId: 'sdk-ada',
  emailAddress: ['ada@example.com'],
  phoneNumber: ['+12015550150'],
  username: 'sdk_ada',
  password,
  firstName: 'Ada',
  lastName: 'Lovelace',
  publicMetadata: { plan: 'pro', nestedKey: { keptKey: 1 } },
  privateMetadata: { crm: 7 },
  unsafeMetadata: { seen: true },
  createdAt: new Date('2020-01-01T00:00:00Z'),
});
assert.match(ada.id, /^user_/);
assert.equal(ada.primaryEmailAddress.emailAddress, 'ada@example.com');
assert.equal(ada.primaryEmailAddress.verification.strategy, 'admin');
assert.equal(ada.primaryPhoneNumber.phoneNumber, '+12015550150');
assert.deepEqual(ada.privateMetadata, { crm: 7 });
assert.deepEqual(ada.publicMetadata, { plan: 'pro', nestedKey: { keptKey: 1 } });
assert.equal(ada.createdAt, Date.parse('2020-01-01T00:00:00Z'));
assert.equal(ada.fullName, 'Ada Lovelace');

const bob = await users.createUser({ emailAddress: ['bob@example.com'], skipPasswordRequirement: true });
assert.equal((await users.getUser(ada.id)).externalId, 'sdk-ada');
await refused(users.getUser('user_nobody'), 404, 'resource_not_found');
await refused(users.createUser({ emailAddress: ['ada@example.com'], password }), 422, 'form_identifier_exists');

const both = await users.getUserList({ emailAddress: ['ada@example.com', 'bob@example.com'], orderBy: '+created_at' });
assert.equal(both.totalCount, 2);
assert.deepEqual(both.data.map((user) => user.id), [ada.id, bob.id]);
const one = await users.getUserList({ limit: 1, offset: 1, orderBy: '-created_at' });
assert.equal(one.totalCount, 2);
assert.deepEqual(one.data.map((user) => user.id), [ada.id]);
assert.equal((await users.getUserList({ query: 'lovelace' })).totalCount, 1);
assert.equal((await users.getUserList({ userId: [`-${ada.id}`] })).data[0].id, bob.id);
assert.equal(await users.getCount({ username: ['sdk_ada'] }), 1);
assert.equal(await users.getCount(), 2);

const renamed = await users.updateUser(ada.id, { firstName: 'Augusta', externalId: null });
assert.equal(renamed.firstName, 'Augusta');
assert.equal(renamed.lastName, 'Lovelace');
assert.equal(renamed.externalId, null);
const merged = await users.updateUserMetadata(ada.id, {
  publicMetadata: { plan: null, nestedKey: { addedKey: 2 } },
});
assert.deepEqual(merged.publicMetadata, { nestedKey: { keptKey: 1, addedKey: 2 } });
const replaced = await users.replaceUserMetadata(ada.id, { publicMetadata: { only: 'this' } });
assert.deepEqual(replaced.publicMetadata, { only: 'this' });
assert.deepEqual(replaced.privateMetadata, { crm: 7 });
const throughUpdate = await users.updateUser(ada.id, { lastName: 'King', publicMetadata: { through: 'update' } });
assert.equal(throughUpdate.lastName, 'King');
assert.deepEqual(throughUpdate.publicMetadata, { through: 'update' });

assert.deepEqual(await users.verifyPassword({ userId: ada.id, password }), { verified: true });
await refused(users.verifyPassword({ userId: ada.id, password: 'wrong horse battery' }), 422, 'incorrect_password');
await refused(users.verifyPassword({ userId: bob.id, password }), 400, 'no_password_set');
assert.equal((await users.setPasswordCompromised(ada.id)).id, ada.id);
assert.equal((await users.unsetPasswordCompromised(ada.id)).id, ada.id);
assert.equal((await users.removePassword(ada.id, { signOutOfOtherSessions: true })).passwordEnabled, false);

const secured = await users.updateUser(bob.id, { totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', backupCodes: ['one', 'two'] });
assert.equal(secured.totpEnabled, true);
assert.equal(secured.backupCodeEnabled, true);
assert.deepEqual(await users.verifyTOTP({ userId: bob.id, code: 'one' }), { verified: true, code_type: 'backup_code' });
await refused(users.verifyTOTP({ userId: bob.id, code: 'one' }), 422, 'totp_incorrect_code');
await users.deleteUserBackupCodes(bob.id);
await users.deleteUserTOTP(bob.id);
await users.disableUserMFA(bob.id);
assert.equal((await users.getUser(bob.id)).twoFactorEnabled, false);
await refused(users.deleteUserPasskey({ userId: bob.id, passkeyIdentificationId: 'idn_none' }), 404, 'resource_not_found');

assert.equal((await users.banUser(ada.id)).banned, true);
assert.equal((await users.unbanUser(ada.id)).banned, false);
assert.equal((await users.lockUser(ada.id)).locked, true);
assert.equal((await users.unlockUser(ada.id)).locked, false);

const replacedAddress = await users.replaceUserEmailAddress(bob.id, { emailAddress: 'robert@example.com' });
assert.equal(replacedAddress.emailAddress, 'robert@example.com');
const replacedNumber = await users.replaceUserPhoneNumber(bob.id, { phoneNumber: '+12015550151' });
assert.equal(replacedNumber.phoneNumber, '+12015550151');

// E-mail addresses and phone numbers

const address = await emailAddresses.createEmailAddress({
  userId: ada.id,
  emailAddress: 'augusta@example.com',
  verified: false,
});
assert.equal(address.verification, null);
const verified = await emailAddresses.updateEmailAddress(address.id, { verified: true, primary: true });
assert.equal(verified.verification.status, 'verified');
assert.equal((await users.getUser(ada.id)).primaryEmailAddressId, address.id);
assert.equal((await emailAddresses.getEmailAddress(address.id)).emailAddress, 'augusta@example.com');
assert.equal((await emailAddresses.deleteEmailAddress(address.id)).deleted, true);
await refused(emailAddresses.getEmailAddress(address.id), 404, 'resource_not_found');

const number = await phoneNumbers.createPhoneNumber({ userId: ada.id, phoneNumber: '+12015550152', verified: true });
assert.equal(number.verification.status, 'verified');
const second = await phoneNumbers.updatePhoneNumber(number.id, { reservedForSecondFactor: true });
assert.equal(second.reservedForSecondFactor, true);
assert.equal((await users.getUser(ada.id)).twoFactorEnabled, true);
assert.equal((await phoneNumbers.getPhoneNumber(number.id)).phoneNumber, '+12015550152');
assert.equal((await phoneNumbers.deletePhoneNumber(number.id)).deleted, true);

// Instance

assert.equal((await instance.get()).environmentType, 'development');
assert.equal(await instance.update({ testMode: false, allowedOrigins: ['chrome-extension://abc'] }), undefined);
assert.deepEqual((await instance.get()).allowedOrigins, ['chrome-extension://abc']);
assert.equal((await instance.updateRestrictions({ allowlist: false })).allowlist, false);
const organizations = await instance.getOrganizationSettings();
assert.equal(organizations.enabled, true);
const changed = await instance.updateOrganizationSettings({ maxAllowedMemberships: 7, slugDisabled: true });
assert.equal(changed.maxAllowedMemberships, 7);
assert.equal(changed.slugDisabled, true);
assert.equal((await instance.updateOrganizationSettings({ enabled: false })).enabled, false);

// The end of all

const deleted = await users.deleteUser(ada.id);
assert.equal(deleted.deleted, true);
assert.equal(deleted.id, ada.id);
const stranger = createClerkClient({ secretKey: 'sk_test_nobodys', apiUrl: USHER_URL });
await refused(stranger.users.getUserList(), 401, 'clerk_key_invalid');

console.log(JSON.stringify([...made].sort()));
