// The server under test, as its env file names it.
import assert from 'node:assert/strict';

function variable(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: these checks are started by JUnit, or with the env file of "usher dev --env-file"`);
  return value;
}

export const url = variable('USHER_URL');
export const publishableKey = variable('CLERK_PUBLISHABLE_KEY');
export const secretKey = variable('CLERK_SECRET_KEY');
export const jwtKey = (process.env.CLERK_JWT_KEY ?? '').replaceAll('\\n', '\n');

/** The name in the publishable key, which is the tokens' issuer. */
export const issuer = `https://${Buffer.from(publishableKey.split('_')[2], 'base64').toString().replace(/\$$/, '')}`;

let people = 0;

/** Somebody who is new here. */
export function newPerson(name = 'person') {
  people += 1;
  return { email: `${name}${people}.${process.pid}@example.com`, password: 'correct horse battery' };
}

/** The newest code that was sent to an address, and sent after another one if that is given. */
export async function codeFor(email, otherThan) {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`${url}/_usher/inbox.json?limit=1&to=${encodeURIComponent(email)}`);
    const [message] = (await answer.json()).data;
    if (message?.code && message.id !== otherThan?.id) return { id: message.id, code: message.code };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no code was sent to ${email}`);
}

async function post(path, fields, token) {
  const answer = await fetch(`${url}/v1${path}?_is_native=1&__clerk_api_version=2026-05-12`, {
    method: 'POST',
    headers: { Authorization: token },
    body: new URLSearchParams(fields),
  });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return { id: body.response.id, status: body.response.status, token: answer.headers.get('authorization') ?? token };
}

/** Somebody with an account who is signed in nowhere that matters: it was made by an app on another device. */
export async function newMember() {
  const person = newPerson('member');
  const signUp = await post('/client/sign_ups', { email_address: person.email, password: person.password }, '');
  const path = `/client/sign_ups/${signUp.id}`;
  await post(`${path}/prepare_verification`, { strategy: 'email_code' }, signUp.token);
  const { code } = await codeFor(person.email);
  const done = await post(`${path}/attempt_verification`, { strategy: 'email_code', code }, signUp.token);
  assert.equal(done.status, 'complete');
  return person;
}

/** Moves the server's clock forward, by a span such as `8d`. */
export async function advance(span) {
  const answer = await fetch(`${url}/_usher/clock`, { method: 'POST', body: new URLSearchParams({ advance: span }) });
  assert.equal(answer.status, 200, await answer.text());
}

/** What the server's clock shows, in milliseconds. */
export async function serverTime() {
  return (await (await fetch(`${url}/_usher/clock`)).json()).now;
}

/** Calls the Backend API; returns what it answers. */
export async function call(path, body) {
  const answer = await fetch(`${url}/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secretKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const read = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(read));
  return read;
}

/** Somebody with an account that a server made. */
export async function userOfServer() {
  const person = newPerson('user');
  const { id } = await call('/users', { email_address: [person.email], password: person.password });
  return { ...person, id };
}
