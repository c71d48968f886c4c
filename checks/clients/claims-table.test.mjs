// The table of session claims that the server's own tests are held to, read by the published package: what the claims of
// each case mean to an application's server must be what the case says.
import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mock, test } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { signedInAuthObject } from '@clerk/backend/internal';

const table = JSON.parse(readFileSync(process.env.CLAIMS_TABLE, 'utf8'));
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwtKey = publicKey.export({ type: 'spki', format: 'pem' });
mock.timers.enable({ apis: ['Date'], now: Date.parse(table.now) });

const encoded = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');

/** A token with the claims of a case over those that all cases share; null takes a claim away. */
function token({ claims }) {
  const present = Object.fromEntries(Object.entries({ ...table.base, ...claims }).filter(([, value]) => value !== null));
  const signed = `${encoded({ alg: 'RS256', typ: 'JWT', kid: 'ins_1', cat: 'cl_B7d4PD111AAA' })}.${encoded(present)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

const comparable = (value) => (Array.isArray(value) && typeof value[0] === 'string' ? [...value].sort() : (value ?? null));

for (const group of table.groups) {
  for (const one of group.cases) {
    test(`${group.title}: ${one.name}, version ${one.version}`, async () => {
      const jwt = token(one);
      const claims = await verifyToken(jwt, { jwtKey });
      const auth = signedInAuthObject({}, jwt, claims);
      for (const [name, value] of Object.entries(one.decoded)) assert.deepEqual(comparable(auth[name]), comparable(value), name);
      for (const [question, answer] of one.has) assert.equal(auth.has(question), answer, JSON.stringify(question));
      for (const name of Object.keys(one.given.custom ?? {}))
        if (name in one.claims) assert.deepEqual(auth.sessionClaims[name], one.claims[name]);
    });
  }
}
