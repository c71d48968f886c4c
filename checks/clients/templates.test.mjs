// An application's own server: @clerk/backend manages templates, and tells their tokens from session tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClerkClient } from '@clerk/backend';
import { decodeJwt } from '@clerk/backend/jwt';
import { jwtKey, publishableKey, secretKey, url } from './lib/usher.mjs';

const { TEMPLATE_TOKEN, SESSION_TOKEN } = process.env;
const clerk = createClerkClient({ apiUrl: url, secretKey, publishableKey, jwtKey });
const templates = clerk.jwtTemplates;

test('a template is created, read, changed and deleted', async () => {
  const made = await templates.create({
    name: 'from-node',
    claims: { aud: 'x', nested: { someKey: '{{user.id}}' } },
    lifetime: 120,
    allowedClockSkew: 7,
    customSigningKey: true,
    signingAlgorithm: 'HS384',
    signingKey: 's'.repeat(48),
  });
  assert.deepEqual(made.claims, { aud: 'x', nested: { someKey: '{{user.id}}' } });
  assert.equal(made.lifetime, 120);
  assert.equal(made.allowedClockSkew, 7);
  assert.equal(made.customSigningKey, true);
  assert.equal(made.signingAlgorithm, 'HS384');
  assert.deepEqual(await templates.get(made.id), made);
  const changed = await templates.update({ templateId: made.id, name: 'renamed', claims: { aud: 'y' }, customSigningKey: false });
  assert.equal(changed.name, 'renamed');
  assert.equal(changed.customSigningKey, false);
  assert.equal(changed.signingAlgorithm, 'RS256');
  assert.equal(changed.lifetime, 120);
  assert.equal((await templates.delete(made.id)).id, made.id);
  await assert.rejects(templates.get(made.id), (error) => error.status === 404 && error.errors[0].code === 'resource_not_found');
});

test('templates are listed as a page', async () => {
  const { data, totalCount } = await templates.list({ limit: 1 });
  assert.equal(data.length, 1);
  assert.equal(data[0].name, 't');
  assert.equal(totalCount, 1);
});

test('a reserved claim is refused by its published code', async () => {
  await assert.rejects(
    templates.create({ name: 'x', claims: { iss: 'https://elsewhere.example' } }),
    (error) => error.status === 400 && error.errors[0].code === 'jwt_template_reserved_claim',
  );
});

const request = (token) => new Request('https://app.example.com/', { headers: { authorization: `Bearer ${token}` } });

test('a session token signs in', async () => {
  const state = await clerk.authenticateRequest(request(SESSION_TOKEN));
  assert.equal(state.status, 'signed-in', state.message);
});

test('a token of a template does not', async () => {
  const state = await clerk.authenticateRequest(request(TEMPLATE_TOKEN));
  assert.equal(state.status, 'signed-out');
  assert.equal(state.reason, 'token-type-mismatch');
});

test('a token of a template is readable', () => {
  const { header, payload } = decodeJwt(TEMPLATE_TOKEN);
  assert.equal(header.cat, 'cl_B7d4PD222AAA');
  assert.equal(payload.a, 1);
  assert.equal(payload.sid, undefined);
});
