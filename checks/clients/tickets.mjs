// A server's calls with @clerk/backend as it is published: sign-in tokens, actor tokens, invitations, testing tokens.
// Environment: USHER_URL, CLERK_SECRET_KEY. Prints one line of JSON: the names of the calls that were made.
import assert from 'node:assert/strict';
import { createClerkClient } from '@clerk/backend';
import { noted, refused } from './lib/calls.mjs';

const { USHER_URL, CLERK_SECRET_KEY } = process.env;
const clerk = createClerkClient({ secretKey: CLERK_SECRET_KEY, apiUrl: USHER_URL });
const made = new Set();

const signInTokens = noted(clerk, 'signInTokens', made);
const actorTokens = noted(clerk, 'actorTokens', made);
const invitations = noted(clerk, 'invitations', made);
const testingTokens = noted(clerk, 'testingTokens', made);

const ada = await clerk.users.createUser({ emailAddress: ['ada@example.com'], password: 'correct horse battery' });

/** Signs in with a ticket as a browser does. */
async function signIn(ticket) {
  const answer = await fetch(`${USHER_URL}/v1/client/sign_ins`, {
    method: 'POST',
    headers: { Origin: 'http://localhost:3000' },
    body: new URLSearchParams({ strategy: 'ticket', ticket }),
  });
  return { status: answer.status, body: await answer.json() };
}

// Sign-in tokens

const token = await signInTokens.createSignInToken({ userId: ada.id, expiresInSeconds: 600 });
assert.match(token.id, /^sit_/);
assert.equal(token.userId, ada.id);
assert.equal(token.status, 'pending');
assert.ok(token.url.includes(token.token));
assert.equal((await signIn(token.token)).body.response.status, 'complete');
await refused(signInTokens.revokeSignInToken(token.id), 400, 'sign_in_token_cannot_be_revoked_code');
const unused = await signInTokens.createSignInToken({ userId: ada.id, expiresInSeconds: 600 });
assert.equal((await signInTokens.revokeSignInToken(unused.id)).status, 'revoked');
assert.equal((await signIn(unused.token)).body.errors[0].code, 'sign_in_token_revoked_code');
await refused(signInTokens.createSignInToken({ userId: 'user_nobody', expiresInSeconds: 60 }), 404, 'resource_not_found');

// Actor tokens

const actor = await actorTokens.create({ userId: ada.id, actor: { sub: 'user_support' }, sessionMaxDurationInSeconds: 300 });
assert.equal(actor.status, 'pending');
assert.equal(actor.actor.sub, 'user_support');
const acted = await signIn(actor.token);
assert.equal(acted.body.client.sessions[0].actor.sub, 'user_support');
const session = await clerk.sessions.getSession(acted.body.response.created_session_id);
assert.equal(session.actor.sub, 'user_support');
assert.equal(session.expireAt - session.createdAt, 300_000);
const dropped = await actorTokens.create({ userId: ada.id, actor: { sub: 'user_support' } });
assert.equal((await actorTokens.revoke(dropped.id)).status, 'revoked');
await refused(actorTokens.revoke(dropped.id), 400, 'actor_token_cannot_be_revoked_code');

// Invitations

const invitation = await invitations.createInvitation({
  emailAddress: 'bob@example.com',
  publicMetadata: { plan: 'pro' },
  redirectUrl: 'https://app.example.com/welcome',
  expiresInDays: 3,
});
assert.equal(invitation.emailAddress, 'bob@example.com');
assert.equal(invitation.status, 'pending');
assert.deepEqual(invitation.publicMetadata, { plan: 'pro' });
const followed = await fetch(invitation.url, { redirect: 'manual' });
assert.equal(followed.status, 303);
assert.match(followed.headers.get('location'), /^https:\/\/app\.example\.com\/welcome\?__clerk_ticket=.+&__clerk_status=sign_up$/);
await refused(invitations.createInvitation({ emailAddress: 'bob@example.com' }), 400, 'duplicate_record');
await refused(invitations.createInvitation({ emailAddress: 'ada@example.com' }), 422, 'form_identifier_exists');
const two = await invitations.createInvitationBulk([
  { emailAddress: 'carl@example.com', notify: false },
  { emailAddress: 'dora@example.com', notify: false },
]);
assert.deepEqual(two.map((one) => one.emailAddress), ['carl@example.com', 'dora@example.com']);
const page = await invitations.getInvitationList({ status: 'pending', orderBy: '+email_address', limit: 2 });
assert.equal(page.totalCount, 3);
assert.deepEqual(page.data.map((one) => one.emailAddress), ['bob@example.com', 'carl@example.com']);
assert.equal((await invitations.revokeInvitation(invitation.id)).revoked, true);
assert.equal((await invitations.getInvitationList()).totalCount, 2);
assert.equal((await invitations.getInvitationList({ status: 'revoked' })).data[0].id, invitation.id);

// Testing tokens

const testing = await testingTokens.createTestingToken();
assert.ok(testing.token.length > 20);
// The SDK knows no shape for it and hands it on as it came.
assert.ok(testing.expires_at > Date.now() / 1000);

console.log(JSON.stringify([...made].sort()));
