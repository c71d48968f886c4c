// An application's own server: @clerk/backend judges tokens and requests of a browser with clerk-js.
import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { after, before } from 'node:test';
import { createClerkClient, verifyToken } from '@clerk/backend';
import { openTab, startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as sdk from './lib/sdk.mjs';
import { issuer, jwtKey, newPerson, publishableKey, secretKey, url } from './lib/usher.mjs';

let app;
let browser;
let device;
let tab;
let session;
let user;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  device = await openDevice(browser);
  tab = await openTab(device, app);
  session = await sdk.signUp(tab, newPerson());
  user = await tab.evaluate(() => window.Clerk.user.id);
});
after(async () => {
  await browser?.close();
  await app?.close();
});

/** The two ways of an application's server to know the public key. */
const ways = {
  JWKS: { secretKey, apiUrl: url, skipJwksCache: true },
  PEM: { jwtKey },
};

const encoded = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());

/** A token with other claims or another header under the old signature. */
function altered(token, { header = {}, claims = {} }) {
  const [head, body, signature] = token.split('.');
  return [encoded({ ...decoded(head), ...header }), encoded({ ...decoded(body), ...claims }), signature].join('.');
}

/** The same claims, signed by somebody else. */
function forged(token, header = {}) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [head, body] = altered(token, { header }).split('.');
  const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(privateKey, 'base64url');
  return [head, body, signature].join('.');
}

/** Somebody else's signature part. */
function otherSignature(token) {
  const [head, body, signature] = token.split('.');
  return [head, body, signature.split('').reverse().join('')].join('.');
}

const forgeries = {
  'whose person was exchanged': (token) => altered(token, { claims: { sub: 'user_somebody' } }),
  'whose expiry was moved': (token) => altered(token, { claims: { exp: sdk.claimsOf(token).exp + 3600 } }),
  'with another signature': otherSignature,
  'without a signature': (token) => altered(token, { header: { alg: 'none' } }).replace(/[^.]*$/, ''),
  'signed by a foreign key under the name of ours': (token) => forged(token),
  'signed by a foreign key under a name of its own': (token) => forged(token, { kid: 'ins_foreign' }),
};

/** What @clerk/backend says of a forgery; any other problem would be one of these checks. */
const REFUSALS = ['token-invalid', 'token-invalid-algorithm', 'token-invalid-signature', 'jwk-kid-mismatch'];

/** Runs with a clock that is ahead, as if that time had passed. */
async function later(seconds, run) {
  const now = Date.now;
  Date.now = () => now() + seconds * 1000;
  try {
    return await run();
  } finally {
    Date.now = now;
  }
}

for (const [way, options] of Object.entries(ways)) {
  check(`a token from the browser verifies by ${way}`, async () => {
    const claims = await verifyToken(await sdk.freshToken(tab), options);
    assert.equal(claims.sid, session);
    assert.equal(claims.sub, user);
    assert.equal(claims.iss, issuer);
    assert.equal(claims.azp, app.origin);
    assert.equal(claims.v, 2);
  });

  check(`by ${way}, the token's page must be one of the application's when these are named`, async () => {
    const token = await sdk.freshToken(tab);
    assert.ok(await verifyToken(token, { ...options, authorizedParties: [app.origin] }));
    await assert.rejects(verifyToken(token, { ...options, authorizedParties: ['https://elsewhere.example'] }), {
      reason: 'token-invalid-authorized-parties',
    });
  });

  check(`by ${way}, a token is good for a minute and no longer`, async () => {
    const token = await sdk.freshToken(tab);
    assert.ok(await later(50, () => verifyToken(token, options)));
    await assert.rejects(later(70, () => verifyToken(token, options)), { reason: 'token-expired' });
  });

  for (const [kind, forge] of Object.entries(forgeries))
    check(`by ${way}, a token ${kind} is refused`, async () => {
      const token = await sdk.freshToken(tab);
      assert.ok(await verifyToken(token, options), 'what is forged here was good');
      await assert.rejects(verifyToken(forge(token), options), ({ reason }) => REFUSALS.includes(reason) || reason);
    });
}

check('a wrong secret key gets no public keys', async () => {
  const wrong = `sk_test_${'x'.repeat(43)}`;
  const token = await sdk.freshToken(tab);
  await assert.rejects(verifyToken(token, { secretKey: wrong, apiUrl: url, skipJwksCache: true }), {
    reason: 'secret-key-invalid',
  });
});

/** A request for a page of the application, with the cookies that this browser has for it. */
async function pageRequest(from = device, headers = {}) {
  const cookies = (await from.cookies(app.origin)).filter((cookie) => !cookie.httpOnly);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return new Request(`${app.origin}/`, { headers: { cookie, accept: 'text/html', 'sec-fetch-dest': 'document', ...headers } });
}

/** What an application's server decides about a request. */
function authenticate(request, options = {}) {
  const clerk = createClerkClient({ secretKey, publishableKey, apiUrl: url, proxyUrl: url, telemetry: { disabled: true } });
  return clerk.authenticateRequest(request, { authorizedParties: [app.origin], ...options });
}

for (const [way, options] of Object.entries({ JWKS: {}, PEM: { jwtKey } }))
  check(`a page request with the browser's cookies is signed in at once, by ${way}`, async () => {
    await sdk.freshToken(tab);
    const state = await authenticate(await pageRequest(), options);
    assert.equal(state.status, 'signed-in', state.reason);
    assert.equal(state.toAuth().sessionId, session);
    assert.equal(state.toAuth().userId, user);
  });

check('a request with the token in its header is signed in', async () => {
  const token = await sdk.freshToken(tab);
  const state = await authenticate(new Request(`${app.origin}/api`, { headers: { authorization: `Bearer ${token}` } }));
  assert.equal(state.status, 'signed-in', state.reason);
  assert.equal(state.toAuth().sessionId, session);
});

check('a request with a forged token in its header is signed out', async () => {
  const token = forged(await sdk.freshToken(tab));
  const state = await authenticate(new Request(`${app.origin}/api`, { headers: { authorization: `Bearer ${token}` } }));
  assert.equal(state.status, 'signed-out');
});

check('a request with an expired session cookie is not signed in', async () => {
  const request = await pageRequest(device, { 'sec-fetch-dest': 'empty', accept: 'application/json' });
  const state = await later(90, () => authenticate(request));
  assert.equal(state.status, 'signed-out');
  assert.match(state.reason, /^session-token-expired/);
});

check('after sign-out the browser\'s cookies are those of somebody who is signed out', async () => {
  const other = await openDevice(browser);
  const page = await openTab(other, app);
  await sdk.signUp(page, newPerson());
  assert.equal((await authenticate(await pageRequest(other))).status, 'signed-in');
  await sdk.signOut(page);
  await sdk.becomesSignedOut(page);
  const state = await authenticate(await pageRequest(other));
  assert.equal(state.status, 'signed-out');
  assert.equal(state.reason, 'session-token-and-uat-missing');
  await other.close();
});
