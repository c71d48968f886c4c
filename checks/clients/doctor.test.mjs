// Broken set-ups, each built and visited: none goes round in circles, each is named, and `usher doctor` finds it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { promisify } from 'node:util';
import { endAll, isRound, startApp, startLateApp, Walker } from './lib/broken.mjs';
import { openBrowser, openDevice, openDeviceWithoutCookies } from './lib/browser.mjs';
import { check } from './lib/check.mjs';
import { takePictures } from './lib/page.mjs';
import { atTheServer, inTheApp, inTheVariables } from './lib/setups.mjs';
import { jwtKey, publishableKey, secretKey, url } from './lib/usher.mjs';

const MOST_HOPS = 16; // three rounds of three redirects, and what finding out about cookies costs; browsers stop at 20
const MOST_ROUNDS = 3; // the next one ends on a page that names the reason
const AT_A_TIME = 2;
const folder = mkdtempSync(join(tmpdir(), 'usher-doctor-'));
const own = { CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_SECRET_KEY: secretKey, CLERK_JWT_KEY: jwtKey };
const well = { CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_SECRET_KEY: secretKey, CLERK_API_URL: url, CLERK_PROXY_URL: url };
const inProduction = (host, key) => ({
  host,
  key,
  publishableKey: `pk_live_${Buffer.from(`${host}$`).toString('base64').replace(/=+$/, '')}`,
});
const live = inProduction('clerk.example.com', process.env.LIVE_KEY);
const plain = inProduction('clerk.example.net', process.env.PLAIN_KEY);
const other = { url: process.env.OTHER_URL, key: process.env.OTHER_KEY };
const world = { url, own, other, live, plain, oldJwtKey: process.env.OTHER_JWT_KEY };
const setups = [...inTheVariables(world), ...inTheApp(world), ...atTheServer(world), ...lateOrEarly()];
let people = 0;

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
  const email = `d${++people}x${process.pid}+clerk_test@example.com`;
  const { id } = await call('/client/sign_ups', { email_address: email, password: 'correct horse battery' });
  await call(`/client/sign_ups/${id}/prepare_verification`, { strategy: 'email_code' });
  await call(`/client/sign_ups/${id}/attempt_verification`, { strategy: 'email_code', code: '424242' });
  jar.__client_uat = String(Math.floor(Date.now() / 1000));
}

/** What a server has noticed of late by itself. */
async function noticed({ at = url, key = secretKey } = {}) {
  const answer = await fetch(`${at}/_usher/doctor.json`, { headers: { Authorization: `Bearer ${key}` } });
  return answer.json();
}

async function timesNoticed({ finding, atServer }) {
  const { incidents } = await noticed(atServer);
  return incidents.filter((one) => one.finding === finding).reduce((sum, one) => sum + one.count, 0);
}

/** A configuration of the server, as a file. */
function configured(number, yaml) {
  const file = join(folder, `${number}.yaml`);
  writeFileSync(file, yaml);
  return file;
}

/** Builds a set-up, visits it and asks the doctor; returns what was seen. */
async function examine(setup, number) {
  const open = [];
  const walker = setup.walker?.() ?? new Walker();
  const keep = async (starting) => {
    const started = await starting;
    open.push(started);
    return started.origin;
  };
  try {
    const before = setup.atServer ? await timesNoticed(setup) : 0;
    const written = { ...well, ...setup.env };
    const env = { ...written, ...(await setup.prepare?.({ keep, env: written })) };
    const origin = await keep((setup.app ?? ((given) => startApp(given, setup.tweak)))({ ...env, ...setup.running }));
    const file = setup.file ?? join(folder, `${number}.env`);
    if (!setup.file) writeFileSync(file, setup.text?.(text(env)) ?? text(env));
    if (setup.signsIn) {
      await walker.visit(origin);
      await signIn(walker);
    }
    const seen = await walker.visit(origin);
    if (setup.act) seen.text = await (await setup.act()).text();
    const findings = await doctor(file, origin, setup.configuration ? ['--config', configured(number, setup.configuration)] : []);
    if (setup.atServer) assert.ok((await timesNoticed(setup)) > before, `the server did not notice it: ${JSON.stringify(seen)}`);
    return { seen, findings, mentions: setup.mentions?.(origin) ?? '' };
  } finally {
    open.forEach((one) => one.close());
  }
}

/** The examinations in their order, a few at a time: the next ones are under way while one is judged. */
const examinations = [];
function examination(number) {
  const last = Math.min(number + AT_A_TIME, setups.length);
  while (examinations.length < last) {
    const next = examinations.length;
    examinations.push(examine(setups[next], next));
    examinations[next].catch(() => {});
  }
  return examinations[number];
}

/** Where it ends has to say why: by the reason that the app gives, or by the code or the words of the last answer. */
function isNamed(seen, { ends }) {
  return seen.reasons.at(-1) === ends || seen.text.includes(ends);
}

function checkSetup(setup, number) {
  check(`${setup.finding}: ${setup.name}`, async () => {
    const { seen, findings, mentions } = await examination(number);
    const shown = JSON.stringify(seen);
    assert.ok(seen.hops <= MOST_HOPS, `it goes round: ${shown}`);
    assert.ok(seen.rounds <= MOST_ROUNDS || (seen.rounds === MOST_ROUNDS + 1 && seen.status === 422), `it goes round: ${shown}`);
    assert.ok(isNamed(seen, setup), `it does not end with ${setup.ends}: ${shown}`);
    const found = findings.find((one) => one.id === setup.finding && one.seen.includes(mentions));
    assert.ok(found, `the doctor found ${findings.map((one) => one.id)} and saw ${shown}`);
    assert.ok(found.means && found.mend && found.seen, JSON.stringify(found));
  });
}

/** Tokens are refused by a clock that is behind as not valid yet, and by one that is ahead as too old. */
function lateOrEarly() {
  return [
    { name: 'two minutes behind', off: -120_000, ends: 'session-token-nbf' },
    { name: 'two minutes ahead', off: 120_000, ends: 'session-token-expired-refresh-non-eligible-no-refresh-cookie' },
  ].map(({ name, off, ends }) => ({
    finding: 'clock-of-the-app',
    name: `the application's clock is ${name}`,
    ends,
    signsIn: true,
    app: (env) => startLateApp(off, env),
  }));
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

check('in Chromium without cookies the circle ends on a page that names the reason, after three rounds', async () => {
  const app = await startApp(well);
  const device = await openDeviceWithoutCookies();
  try {
    const page = await device.newPage();
    let rounds = 0;
    page.on('request', (request) => {
      if (isRound(request.url())) rounds += 1;
    });
    const answer = await page.goto(app.origin);
    assert.equal(answer.status(), 422);
    await page.getByRole('heading', { name: 'Sign-in goes round in circles' }).waitFor();
    await page.getByText('cookies-blocked').first().waitFor();
    assert.equal(rounds, MOST_ROUNDS + 1);
    await takePictures(page, 'circle');
  } finally {
    await device.close();
    app.close();
  }
});

check('the table has more than fifty broken set-ups', () => assert.ok(setups.length > 50, `${setups.length} set-ups`));

setups.forEach(checkSetup);

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
