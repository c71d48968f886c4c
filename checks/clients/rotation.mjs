// Rotates the signing keys under load and verifies every token several ways, with the clock of the server moved forward:
// by @clerk/backend with its key cache on, and by verifiers that keep a key set for five minutes and never ask in between.
// Environment: USHER_URL, CLERK_SECRET_KEY, SESSION, COOKIE, LAUNCHER, DATA, ROTATIONS. Prints one line of JSON.
import { spawn } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';

const { USHER_URL, CLERK_SECRET_KEY, SESSION, COOKIE, LAUNCHER, DATA } = process.env;
const ROTATIONS = Number(process.env.ROTATIONS);
const LOOPS = 4;
const STEP_SECONDS = 50;
const KEPT_MILLIS = 300_000;

// The SDK lives at the server's time, its cache included.
let offset = 0;
const realNow = Date.now;
Date.now = () => realNow() + offset;
let keySetsFetched = 0;
const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  if (String(input?.url ?? input).endsWith('/v1/jwks')) keySetsFetched++;
  return realFetch(input, init);
};
const { verifyToken } = await import('@clerk/backend');

const refused = [];
const kids = new Set();
let minted = 0;
let verified = 0;
let lastKid = '';
let held = [];

const decoded = part => JSON.parse(Buffer.from(part, 'base64url').toString());

class StrictVerifier {
  #keys = new Map();
  #fetchedAt = -Infinity;

  constructor(headStartMillis) {
    this.headStart = headStartMillis;
  }

  async #refresh() {
    if (Date.now() - this.#fetchedAt < KEPT_MILLIS) return;
    const set = await (await realFetch(`${USHER_URL}/.well-known/jwks.json`)).json();
    this.#keys = new Map(set.keys.map(key => [key.kid, createPublicKey({ key, format: 'jwk' })]));
    this.#fetchedAt = Date.now() - (this.#fetchedAt === -Infinity ? this.headStart : 0);
  }

  async check(token) {
    await this.#refresh();
    const [header, payload, signature] = token.split('.');
    const key = this.#keys.get(decoded(header).kid);
    if (!key) throw new Error(`unknown key ${decoded(header).kid}`);
    const right = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
    if (!right) throw new Error('bad signature');
  }
}
const strict = [0, 100_000, 200_000].map(millis => new StrictVerifier(millis));

async function check(token, when) {
  const tries = [() => verifyToken(token, { secretKey: CLERK_SECRET_KEY, apiUrl: USHER_URL })];
  strict.forEach(one => tries.push(() => one.check(token)));
  for (const attempt of tries) {
    try {
      await attempt();
      verified++;
    } catch (error) {
      refused.push(`${when}: ${error.reason ?? ''} ${error.message}`);
    }
  }
}

async function mint() {
  const answer = await realFetch(`${USHER_URL}/v1/client/sessions/${SESSION}/tokens?__clerk_api_version=2026-05-12`, {
    method: 'POST',
    headers: { cookie: `__client=${COOKIE}`, origin: 'http://localhost:3000' },
  });
  if (answer.status !== 200) throw new Error(`mint: ${answer.status} ${await answer.text()}`);
  const { jwt } = await answer.json();
  minted++;
  lastKid = decoded(jwt.split('.')[0]).kid;
  kids.add(lastKid);
  return jwt;
}

let paused = false;
let running = true;
let busy = 0;
const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

async function load() {
  while (running) {
    if (paused) {
      await pause(2);
      continue;
    }
    busy++;
    try {
      const token = await mint();
      held.push(token);
      await check(token, 'fresh');
    } finally {
      busy--;
    }
    await pause(5);
  }
}

/** Moves the clock while nobody mints; tokens that are about to expire must still verify then. */
async function step() {
  paused = true;
  while (busy > 0) await pause(2);
  const answer = await realFetch(`${USHER_URL}/_usher/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `advance=${STEP_SECONDS}s`,
  });
  if (answer.status !== 200) throw new Error(`clock: ${answer.status}`);
  const { now } = await (await realFetch(`${USHER_URL}/_usher/clock`)).json();
  offset = now - realNow();
  const living = held.filter(token => decoded(token.split('.')[1]).exp * 1000 > Date.now() + 1000);
  held = [];
  for (const token of living.slice(-10)) await check(token, 'old');
  paused = false;
}

function rotate() {
  return new Promise((resolve, reject) => {
    const command = spawn(LAUNCHER, ['keys', 'rotate', '--data', DATA], { stdio: ['ignore', 'ignore', 'pipe'] });
    let trouble = '';
    command.stderr.on('data', data => (trouble += data));
    command.on('exit', code => (code === 0 ? resolve() : reject(new Error(`keys rotate: ${code} ${trouble}`))));
  });
}

const loops = Array.from({ length: LOOPS }, load);
const ended = Promise.all(loops);
let rotations = 0;
async function rotateAll() {
  while (rotations < ROTATIONS) {
    while (!lastKid) await pause(5);
    const before = lastKid;
    await rotate();
    for (let i = 0; lastKid === before; i++) {
      if (i > 60) throw new Error('the new key does not sign');
      await step();
      await pause(60);
    }
    rotations++;
  }
  running = false;
}
await Promise.race([rotateAll(), ended]);
await ended;
console.log(
  JSON.stringify({ rotations, kids: kids.size, minted, verified, keySetsFetched, refused: refused.length, examples: refused.slice(0, 5) }),
);
