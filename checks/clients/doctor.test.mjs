// Broken set-ups, each built and visited: none goes round in circles, each is named, and `usher doctor` finds it.
import assert from 'node:assert/strict';
import { execFile, fork } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { endAll, startApp, Walker } from './lib/broken.mjs';
import { openBrowser, openDevice, openDeviceWithoutCookies } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import { takePictures } from './lib/page.mjs';
import { atTheServer, inTheApp, inTheVariables } from './lib/setups.mjs';
import { jwtKey, publishableKey, secretKey, url } from './lib/usher.mjs';

const MOST_HOPS = 16; // three handshakes of three redirects, and what finding out about cookies costs; browsers stop at 20
const MOST_HANDSHAKES = 8; // four, each of which may be asked a second time to see whether cookies come back
const TO_BE_FOUND = 40;
const folder = mkdtempSync(join(tmpdir(), 'usher-doctor-'));
const own = { CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_SECRET_KEY: secretKey, CLERK_JWT_KEY: jwtKey };
const well = { CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_SECRET_KEY: secretKey, CLERK_API_URL: url, CLERK_PROXY_URL: url };
const liveHost = 'clerk.example.com';
const live = {
  host: liveHost,
  key: process.env.LIVE_KEY,
  publishableKey: `pk_live_${Buffer.from(`${liveHost}$`).toString('base64').replace(/=+$/, '')}`,
};
const other = { url: process.env.OTHER_URL, key: process.env.OTHER_KEY };
const world = { url, own, other, live, oldJwtKey: process.env.OTHER_JWT_KEY };
const results = [];

const text = (env) =>
  Object.entries(env)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value.includes('\n') ? JSON.stringify(value) : value}`)
    .join('\n');

/** Runs `usher doctor`; a fault makes it end with 1. */
async function doctor(file, app, more = []) {
  const run = promisify(execFile)(process.env.LAUNCHER, ['doctor', '--json', '--env-file', file, '--app', app, ...more], {
    env: { ...process.env, USHER_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1' },
  });
  const { stdout, code } = await run.then((done) => ({ ...done, code: 0 }), (failed) => failed);
  assert.ok(code === 0 || code === 1, `the doctor ended with ${code}`);
  const { findings } = JSON.parse(stdout);
  assert.equal(code, findings.some((one) => one.level === 'fault') ? 1 : 0, stdout);
  assert.ok(!stdout.includes(secretKey) && !stdout.includes(live.key), 'no secret is printed');
  return findings;
}

/** A signed-in person, as clerk-js leaves the page of the application. */
async function signIn(walker) {
  const jar = walker.jar.localhost;
  const call = async (path, fields) => {
    const answer = await walker.ask(`${url}/v1${path}?__clerk_db_jwt=${jar.__clerk_db_jwt}&__clerk_api_version=2025-11-10`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'http://localhost:3000' },
      body: new URLSearchParams(fields),
    });
    const body = await answer.json();
    assert.equal(answer.status, 200, JSON.stringify(body));
    return body.response;
  };
  const email = `d${results.length}${process.pid}+clerk_test@example.com`;
  const { id } = await call('/client/sign_ups', { email_address: email, password: 'correct horse battery' });
  await call(`/client/sign_ups/${id}/prepare_verification`, { strategy: 'email_code' });
  await call(`/client/sign_ups/${id}/attempt_verification`, { strategy: 'email_code', code: '424242' });
  jar.__client_uat = String(Math.floor(Date.now() / 1000));
}

async function noticed() {
  return (await fetch(`${url}/_usher/doctor.json`)).json();
}

/** Builds a set-up, visits it and asks the doctor; returns what was seen. */
async function examine(setup) {
  const open = [];
  setup.walker = setup.walker instanceof Function ? setup.walker() : new Walker();
  setup.keep = async (starting) => {
    const started = await starting;
    open.push(started);
    return started.origin;
  };
  setup.env = { ...well, ...setup.env };
  if (setup.prepare) Object.assign(setup.env, (await setup.prepare(setup)).env);
  const app = await (setup.app ?? ((env) => startApp(env, setup.tweak)))({ ...setup.env, ...setup.running });
  open.push(app);
  const file = setup.file ?? join(folder, `${results.length}.env`);
  const lines = text(setup.env);
  if (!setup.file) writeFileSync(file, setup.text ? setup.text(lines) : lines);
  if (setup.signsIn) {
    await setup.walker.visit(app.origin);
    await signIn(setup.walker);
  }
  const seen = await setup.walker.visit(app.origin);
  if (setup.act) seen.answer = await (await setup.act(setup)).text();
  const findings = await doctor(file, app.origin);
  open.forEach((one) => one.close());
  return { seen, findings, mentions: setup.mentions?.(app) ?? '' };
}

function isNamed({ seen, findings }, setup) {
  const places = [seen.text, seen.answer ?? '', ...seen.reasons];
  return places.some((place) => /[a-z]+[-_][a-z]+|error|key|missing|invalid/i.test(place)) || findings.some((one) => one.id === setup.finding);
}

function checkSetup(setup) {
  check(`${setup.finding}: ${setup.name}`, async () => {
    const { seen, findings, mentions } = await examine(setup);
    assert.ok(seen.hops <= MOST_HOPS && seen.handshakes <= MOST_HANDSHAKES, `it goes round: ${JSON.stringify(seen)}`);
    assert.ok(isNamed({ seen, findings }, setup), JSON.stringify(seen));
    const found = findings.find((one) => one.id === setup.finding && one.seen.includes(mentions));
    results.push({ ...setup, found: Boolean(found) });
    if (!found) console.log(`not found: ${setup.finding}, but ${findings.map((one) => one.id)} ${JSON.stringify(seen).slice(0, 600)}`);
    if (found) assert.ok(found.means && found.mend && found.seen, JSON.stringify(found));
  });
}

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => {
  endAll();
  return browser?.close();
});

check('a right set-up has nothing to find, signed out and signed in', async () => {
  const app = await startApp(well);
  const walker = new Walker();
  assert.equal((await walker.visit(app.origin)).status, 200);
  await signIn(walker);
  assert.equal((await walker.visit(app.origin)).status, 200);
  const file = join(folder, 'well.env');
  writeFileSync(file, text(well));
  assert.deepEqual(await doctor(file, app.origin), []);
  app.close();
});

check('in Chromium without cookies the circle ends on a page that names the reason, by three hops', async () => {
  const app = await startApp(well);
  const device = await openDeviceWithoutCookies();
  const page = await device.newPage();
  let handshakes = 0;
  page.on('request', (request) => {
    const isOne = request.url().includes('/v1/client/handshake') && !request.url().includes('__usher_cookie_tried');
    if (isOne) handshakes += 1;
  });
  const answer = await page.goto(app.origin);
  assert.equal(answer.status(), 422);
  await page.getByRole('heading', { name: 'Sign-in goes round in circles' }).waitFor();
  assert.ok(handshakes <= 4, `${handshakes} handshakes`);
  await takePictures(page, 'circle');
  await device.close();
  app.close();
});

inTheVariables(world).forEach(checkSetup);
inTheApp(world).forEach(checkSetup);
atTheServer(world).forEach(checkSetup);

for (const [name, off] of [['behind', -120_000], ['ahead', 120_000]])
  checkSetup({
    finding: 'clock-of-the-app',
    name: `the application's clock is two minutes ${name}`,
    signsIn: true,
    app: async (env) => {
      const child = fork('./lib/late-app.mjs', [String(off), JSON.stringify(env)], { execArgv: [] });
      const origin = await new Promise((resolve) => child.once('message', resolve));
      return { origin, close: () => child.disconnect() };
    },
  });

check('the page of the development instance names what was noticed, without a script and without a secret', async () => {
  const device = await openDevice(browser, { javaScriptEnabled: false });
  const page = await device.newPage();
  await page.goto(`${url}/_usher/doctor`);
  assert.match(await page.locator('h1').textContent(), /things are wrong/);
  const shown = await page.content();
  for (const { finding } of (await noticed()).incidents.filter((one) => one.finding))
    assert.ok(shown.toLowerCase().includes(finding.replaceAll('-', ' ')), finding);
  assert.ok(!shown.includes(secretKey) && !shown.includes('127.0.0.1') && !shown.includes('__client'));
  await device.close();
  const scripted = await openDevice(browser);
  const pictured = await scripted.newPage();
  await pictured.goto(`${url}/_usher/doctor`);
  await takePictures(pictured, 'doctor');
  await scripted.close();
});

check('of fifty broken set-ups and more the doctor finds at least forty', () => {
  const found = results.filter((one) => one.found).length;
  console.log(`${found} of ${results.length} found`);
  assert.ok(results.length >= 50, `${results.length} set-ups`);
  assert.ok(found >= TO_BE_FOUND, `${found} of ${results.length} found`);
});
