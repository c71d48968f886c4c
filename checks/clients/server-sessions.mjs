// A server's calls with @clerk/backend as it is published: sessions and clients.
// Environment: USHER_URL, CLERK_SECRET_KEY. Prints one line of JSON: the names of the calls that were made.
import assert from 'node:assert/strict';
import { createClerkClient, verifyToken } from '@clerk/backend';
import { noted, refused } from './lib/calls.mjs';

const { USHER_URL, CLERK_SECRET_KEY } = process.env;
const clerk = createClerkClient({ secretKey: CLERK_SECRET_KEY, apiUrl: USHER_URL });
const made = new Set();
const sessions = noted(clerk, 'sessions', made);
const clients = noted(clerk, 'clients', made);

const user = await clerk.users.createUser({ emailAddress: ['sessions@example.com'], password: 'correct horse battery' });
const session = await sessions.createSession({ userId: user.id });
assert.match(session.id, /^sess_/);
assert.equal(session.status, 'active');
assert.equal(session.userId, user.id);
assert.equal((await sessions.getSession(session.id)).id, session.id);

const other = await sessions.createSession({ userId: user.id });
const list = await sessions.getSessionList({ userId: user.id });
assert.equal(list.totalCount, 2);
assert.deepEqual(list.data.map((one) => one.id), [other.id, session.id]);
const part = await sessions.getSessionList({ userId: user.id, limit: 1, offset: 1 });
assert.deepEqual(part.data.map((one) => one.id), [session.id]);
assert.deepEqual((await sessions.getSessionList({ clientId: session.clientId })).data.map((one) => one.id), [session.id]);

const token = await sessions.getToken(session.id);
const claims = await verifyToken(token.jwt, { secretKey: CLERK_SECRET_KEY, apiUrl: USHER_URL });
assert.equal(claims.sid, session.id);
const long = await sessions.getToken(session.id, undefined, 3600);
const longClaims = await verifyToken(long.jwt, { secretKey: CLERK_SECRET_KEY, apiUrl: USHER_URL });
assert.equal(longClaims.exp - longClaims.iat, 3600);
await clerk.jwtTemplates.create({ name: 'for_servers', claims: { who: '{{user.id}}' }, lifetime: 60 });
const templated = await sessions.getToken(session.id, 'for_servers', 120);
const body = JSON.parse(Buffer.from(templated.jwt.split('.')[1], 'base64url').toString());
assert.equal(body.who, user.id);
assert.equal(body.exp - body.iat, 120);
await refused(sessions.getToken(session.id, undefined, 29), 422, 'form_param_value_invalid');

const client = await clients.getClient(session.clientId);
assert.deepEqual(client.sessionIds, [session.id]);
assert.equal(client.sessions[0].id, session.id);
assert.equal((await clients.getClientList()).totalCount, 2);
await refused(clients.verifyClient('nonsense'), 400, 'client_not_found');

assert.equal((await sessions.revokeSession(session.id)).status, 'revoked');
assert.deepEqual((await sessions.getSessionList({ userId: user.id, status: 'active' })).data.map((one) => one.id), [other.id]);
assert.deepEqual((await sessions.getSessionList({ userId: user.id, status: 'revoked' })).data.map((one) => one.id), [session.id]);
await refused(sessions.getToken(session.id), 404, 'resource_not_found');
await refused(sessions.getSession('sess_nobodys'), 404, 'resource_not_found');

console.log(JSON.stringify([...made].sort()));
