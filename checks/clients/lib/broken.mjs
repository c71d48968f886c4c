// Applications that are set up wrongly, proxies that lose what they ought to pass on, and a browser that counts its redirects.
import { fork } from 'node:child_process';
import { createServer, request as send } from 'node:http';
import { clerkMiddleware, createClerkClient } from '@clerk/express';
import express from 'express';

const SILENT = 'http://127.0.0.1:9';

const started = [];

function end(server) {
  server.close();
  server.closeAllConnections();
}

function listening(server) {
  started.push(() => end(server));
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () =>
      resolve({ origin: `http://localhost:${server.address().port}`, close: () => end(server) }),
    );
  });
}

/** Ends whatever was started here and still runs. */
export function endAll() {
  started.forEach((close) => close());
}

/** What a server answers to a request under a host name of its own, which `fetch` does not allow. */
export function knock(url, { method = 'GET', headers, body = '' }) {
  return new Promise((resolve, reject) => {
    const asked = send(url, { method, headers, agent: false }, (given) => {
      let text = '';
      given.on('data', (part) => (text += part));
      given.on('end', () => resolve({ text: () => text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Clerk's options as the SDK reads them from variables; what would be a public server is a silent port of this machine. */
function options(env) {
  const publishableKey = env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY ?? env.CLERK_PUBLISHABLE_KEY;
  const keys = {
    publishableKey,
    secretKey: env.CLERK_SECRET_KEY,
    proxyUrl: env.CLERK_PROXY_URL ?? '',
    domain: env.CLERK_DOMAIN ?? '',
    isSatellite: env.CLERK_IS_SATELLITE === 'true',
    signInUrl: env.CLERK_SIGN_IN_URL ?? '',
    jwtKey: env.CLERK_JWT_KEY,
  };
  const calls = { apiUrl: env.CLERK_API_URL ?? SILENT, apiVersion: env.CLERK_API_VERSION ?? 'v1' };
  return { ...keys, clerkClient: createClerkClient({ ...keys, ...calls, telemetry: { disabled: true } }) };
}

/** Starts an Express application with @clerk/express and these variables. */
export function startApp(env, { before, middleware = true, headers = {}, pageKey = env.CLERK_PUBLISHABLE_KEY, signIn } = {}) {
  const app = express();
  app.set('etag', false);
  before?.(app);
  if (middleware) app.use(clerkMiddleware(options(env)));
  app.get('/sign-in', (request, response, next) => (signIn ? signIn(request, response) : next()));
  app.get('/', (request, response) => {
    response.set(headers);
    response.send(`<!doctype html><title>App</title><script data-clerk-publishable-key="${pageKey ?? ''}"></script>`);
  });
  app.use((error, request, response, next) => {
    if (response.headersSent) return next(error);
    return response.status(500).type('text').send(String(error.message));
  });
  return listening(createServer(app));
}

/** Starts one in a process of its own, whose clock is wrong by so many milliseconds. */
export async function startLateApp(off, env) {
  const child = fork('./lib/late-app.mjs', [String(off), JSON.stringify(env)], { execArgv: [] });
  const close = () => child.connected && child.disconnect();
  started.push(close);
  const origin = await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
  return { origin, close };
}

/** Something that answers every request in the same way. */
export const startOther = (status, body = '') =>
  listening(
    createServer((request, response) => {
      response.writeHead(status, { 'Content-Type': 'text/plain' });
      response.end(body);
    }),
  );

/** A proxy that may alter the headers of requests and of answers. */
export function startProxy(target, { ask = (headers) => headers, answer = (headers) => headers, strip = '' } = {}) {
  const { hostname, port } = new URL(target);
  return listening(
    createServer((request, response) => {
      const path = request.url.startsWith(strip) ? request.url.slice(strip.length) : request.url;
      const asked = send({ hostname, port, path, method: request.method, headers: ask({ ...request.headers }), agent: false });
      asked.on('response', (given) => {
        response.writeHead(given.statusCode, answer({ ...given.headers }));
        given.pipe(response);
      });
      asked.on('error', () => response.writeHead(502).end());
      request.pipe(asked);
    }),
  );
}

/** Whether a browser that goes there begins a handshake; a second knock to see whether cookies come back begins none. */
export const isRound = (url) => url.includes('/v1/client/handshake') && !url.includes('__usher_cookie_tried');

/** A browser: cookies by host, redirects followed on this machine, every one of them counted. */
export class Walker {
  constructor({ keepsCookies = true } = {}) {
    this.keepsCookies = keepsCookies;
    this.jar = {};
  }

  async ask(url, init = {}) {
    const { hostname } = new URL(url);
    const jar = (this.jar[hostname] ??= {});
    const cookie = Object.entries(jar).map((pair) => pair.join('=')).join('; ');
    const headers = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document', 'User-Agent': `walker ${process.pid}`, ...init.headers };
    if (cookie) headers.Cookie = cookie;
    const answer = await fetch(url, { redirect: 'manual', ...init, headers });
    if (this.keepsCookies) answer.headers.getSetCookie().forEach((line) => this.keep(jar, line));
    return answer;
  }

  keep(jar, line) {
    const [name, value] = line.split(';')[0].split(/=(.*)/s);
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) delete jar[name];
    else jar[name] = value;
  }

  /** Goes where it is sent, twenty times at most as browsers do. */
  async visit(url) {
    const seen = { hops: 0, rounds: 0, status: 0, text: '', reasons: [], leftFor: '' };
    for (let next = url; next; ) {
      const answer = await this.ask(next).catch((error) => ({ status: 0, headers: new Headers(), text: () => String(error.cause ?? error) }));
      const reason = answer.headers.get('x-clerk-auth-reason');
      if (reason) seen.reasons.push(reason);
      seen.status = answer.status;
      seen.text = await answer.text();
      const location = answer.headers.get('location');
      if (!location || answer.status < 300 || answer.status > 399) return seen;
      next = new URL(location, next).toString();
      seen.hops += 1;
      if (isRound(next)) seen.rounds += 1;
      if (seen.hops > 20) return seen;
      if (new URL(next).hostname !== 'localhost') return { ...seen, leftFor: new URL(next).hostname };
    }
    return seen;
  }
}
