// An Express application with @clerk/express, and clerk-js in its pages; once beside the server, once with the server behind it.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { clerkMiddleware, getAuth, requireAuth } from '@clerk/express';
import express from 'express';
import { load, pageWith } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import * as sdk from './lib/sdk.mjs';
import { newPerson, url } from './lib/usher.mjs';

let browser;

before(async () => {
  browser = await openBrowser();
});
after(() => browser?.close());

/** Starts an application whose page is open to all and whose API is not. */
async function startExpress(options, proxyUrl) {
  const app = express();
  app.get('/', (request, response) => response.send(pageWith(proxyUrl)));
  app.use(clerkMiddleware(options));
  app.get('/api/me', (request, response) => {
    const { userId, sessionId } = getAuth(request);
    response.status(userId ? 200 : 401).json({ userId, sessionId });
  });
  app.get('/members', requireAuth({ signInUrl: '/' }), (request, response) => response.send('for members'));
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, 'localhost', () => resolve(listening));
  });
  return { origin: `http://localhost:${server.address().port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function openPage(app) {
  const device = await openDevice(browser);
  const page = await device.newPage();
  await page.goto(app.origin);
  await load(page);
  return { device, page };
}

/** What the API answers to the page, which sends its cookies. */
const askFromThePage = (page) =>
  page.evaluate(async () => {
    const answer = await fetch('/api/me');
    return { status: answer.status, ...(await answer.json()) };
  });

/** What the API answers to somebody with a token and nothing else. */
async function askWithToken(app, token) {
  const answer = await fetch(`${app.origin}/api/me`, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  return { status: answer.status, ...(await answer.json()) };
}

const kinds = {
  'beside the server': { options: { proxyUrl: url }, proxyUrl: url },
  'in front of the server': { options: { frontendApiProxy: { enabled: true } }, proxyUrl: '/__clerk' },
};

for (const [kind, { options, proxyUrl }] of Object.entries(kinds))
  check(`an Express application ${kind} knows who is signed in, by cookie and by token, until they sign out`, async () => {
    const app = await startExpress(options, proxyUrl);
    const { device, page } = await openPage(app);
    assert.equal((await askFromThePage(page)).status, 401, 'before sign-in');
    const session = await sdk.signUp(page, newPerson());
    const userId = await page.evaluate(() => window.Clerk.user.id);
    const signedIn = { status: 200, userId, sessionId: session };
    assert.deepEqual(await askFromThePage(page), signedIn);
    assert.deepEqual(await askWithToken(app, await sdk.freshToken(page)), signedIn);
    await page.goto(`${app.origin}/members`);
    assert.equal(await page.locator('body').textContent(), 'for members');
    await page.goto(app.origin);
    await load(page);
    await sdk.signOut(page);
    await sdk.becomesSignedOut(page);
    assert.equal((await askFromThePage(page)).status, 401, 'after sign-out');
    await device.close();
    await app.close();
  });

check('an Express application lets nobody in without a token, with half a token or with an altered one', async () => {
  const app = await startExpress({ proxyUrl: url }, url);
  const { device, page } = await openPage(app);
  await sdk.signUp(page, newPerson());
  const token = await sdk.freshToken(page);
  const [head, body, signature] = token.split('.');
  const other = `${head}.${body}.${signature.split('').reverse().join('')}`;
  for (const wrong of ['', `${head}.${body}`, other, 'nonsense']) assert.equal((await askWithToken(app, wrong)).status, 401, wrong);
  assert.equal((await askWithToken(app, token)).status, 200);
  await device.close();
  await app.close();
});
