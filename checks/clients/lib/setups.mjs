// Broken set-ups: each with what is wrong in the application's variables, in the application or on the way, and what is to be found.
import { knock, startApp, startOther, startProxy, Walker } from './broken.mjs';

const NOWHERE = 'http://localhost:9';
const pk = (host, kind = 'test') => `pk_${kind}_${Buffer.from(`${host}$`).toString('base64')}`;
const forms = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** What the app says in the end when nothing hinders a visit by somebody who is signed out: then only the doctor can tell. */
const WELL = 'session-token-and-uat-missing';
/** What it says when it cannot complete a handshake and has given up. */
const GAVE_UP = 'dev-browser-missing';

/** What @clerk/express throws. */
const NO_KEY = 'Publishable key not valid';

/**
 * One set-up: the finding that names it, and its variables over those of a right one.
 *
 * more.ends: the reason, the code or the words that a visit ends with.
 */
const wrong = (finding, name, env, more = {}) => ({ finding, name, env, ends: WELL, ...more });
const unanswered = (finding, name, env, more = {}) => wrong(finding, name, env, { ends: GAVE_UP, ...more });

export const inTheVariables = ({ url, own, other, live, plain, oldJwtKey }) => [
  wrong('publishable-key-missing', 'no publishable key', { CLERK_PUBLISHABLE_KEY: undefined }),
  wrong('publishable-key-malformed', 'half a publishable key', { CLERK_PUBLISHABLE_KEY: own.CLERK_PUBLISHABLE_KEY.slice(0, 30) }, {
    ends: NO_KEY,
  }),
  wrong('publishable-key-malformed', 'a publishable key without its dollar sign', {
    CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from('a.clerk.accounts.lclclerk.com').toString('base64')}`,
  }, { ends: NO_KEY }),
  wrong('publishable-key-of-another-instance', 'the publishable key of a deleted instance', {
    CLERK_PUBLISHABLE_KEY: pk('gone-newt-12.clerk.accounts.lclclerk.com'),
  }),
  wrong('publishable-keys-differ', 'other keys for pages than for the server', {
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: pk('gone-newt-13.clerk.accounts.lclclerk.com'),
  }),
  unanswered('secret-key-missing', 'no secret key', { CLERK_SECRET_KEY: undefined }),
  unanswered('secret-key-refused', 'a wrong secret key', { CLERK_SECRET_KEY: `sk_test_${'0123456789abcdef'.repeat(2)}` }),
  unanswered('secret-key-malformed', 'the publishable key in place of the secret one', { CLERK_SECRET_KEY: own.CLERK_PUBLISHABLE_KEY }),
  wrong('secret-key-public', 'a secret key that is built into pages', { NEXT_PUBLIC_CLERK_SECRET: own.CLERK_SECRET_KEY }),
  unanswered('keys-of-different-environments', 'a live secret key beside a test key', { CLERK_SECRET_KEY: live.key }),
  wrong('keys-of-different-instances', 'keys of two instances of one server', {
    CLERK_PUBLISHABLE_KEY: live.publishableKey,
    CLERK_SECRET_KEY: other.key,
    CLERK_API_URL: other.url,
    CLERK_PROXY_URL: other.url,
  }),
  unanswered('api-url-missing', 'no address of the API', { CLERK_API_URL: undefined }),
  unanswered('api-url-unreachable', 'an address of the API where nobody is', { CLERK_API_URL: NOWHERE }),
  unanswered('api-url-with-path', 'an address of the API with /v1', { CLERK_API_URL: `${url}/v1` }),
  unanswered('api-url-wrong-scheme', 'https for an API that speaks http', { CLERK_API_URL: url.replace('http:', 'https:') }),
  unanswered('api-url-malformed', 'an address of the API without a scheme', { CLERK_API_URL: url.slice('http://'.length) }),
  unanswered('api-version-unknown', 'a version of the API that is none', { CLERK_API_VERSION: 'v2' }),
  unanswered('proxy-url-missing', 'no proxy address', { CLERK_PROXY_URL: undefined }),
  unanswered('proxy-url-unreachable', 'a proxy address where nobody is', { CLERK_PROXY_URL: NOWHERE }),
  wrong('proxy-url-with-version', 'a proxy address with /v1', { CLERK_PROXY_URL: `${url}/v1` }, { ends: 'resource_not_found' }),
  unanswered('proxy-url-malformed', 'a proxy address without a scheme', { CLERK_PROXY_URL: url.slice('http://'.length) }),
  wrong('proxy-urls-differ', 'other proxy addresses for pages than for the server', { VITE_CLERK_PROXY_URL: NOWHERE }),
  unanswered('proxy-path-without-target', 'a proxy path that nobody serves', { CLERK_PROXY_URL: '/__clerk' }),
  unanswered('server-unwell', 'an API whose database is gone', {}, {
    prepare: async ({ keep }) => ({ CLERK_API_URL: await keep(startOther(503)) }),
  }),
  wrong('configuration-faulty', 'a configuration of the server that has faults', {}, {
    configuration: 'instance:\n  sessions:\n    lifetime: soon\n',
  }),
  unanswered('public-url-insecure', 'production over http', {
    CLERK_PUBLISHABLE_KEY: plain.publishableKey,
    CLERK_SECRET_KEY: plain.key,
    CLERK_API_URL: other.url,
  }),
  unanswered('urls-of-different-servers', 'browsers at one server, the API at another', { CLERK_PROXY_URL: other.url }),
  wrong('jwt-key-malformed', 'a JWT key that lost its end', { CLERK_JWT_KEY: own.CLERK_JWT_KEY.slice(0, 90) }),
  wrong('jwt-key-of-another-instance', 'an old JWT key', { CLERK_JWT_KEY: oldJwtKey }, { signsIn: true, ends: 'client-uat-but-no-session-token' }),
  wrong('script-url-missing', 'no address of clerk-js beside http', { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: own.CLERK_PUBLISHABLE_KEY }),
  wrong('script-url-not-found', 'an address of clerk-js where it is not', { NEXT_PUBLIC_CLERK_JS_URL: `${url}/npm/clerk.js` }),
  wrong('satellite-unsupported', 'a satellite', { CLERK_IS_SATELLITE: 'true', CLERK_SIGN_IN_URL: `${url}/` }),
  wrong('domain-and-proxy', 'a domain beside a proxy address', { CLERK_DOMAIN: 'example.com' }),
  wrong('webhook-secret-malformed', 'a signing secret that is none', { CLERK_WEBHOOK_SIGNING_SECRET: 'whsec_' }),
  unanswered('value-with-blanks', 'typographic quotes around the secret key', { CLERK_SECRET_KEY: `\u201c${own.CLERK_SECRET_KEY}\u201d` }),
  wrong('variable-twice', 'an old key above the new one', {}, { text: (lines) => `CLERK_SECRET_KEY=sk_test_${'a'.repeat(32)}\n${lines}` }),
  wrong('env-file-encoding', 'a byte order mark before the first variable', {}, {
    text: (lines) => `\ufeff${lines}`,
    running: { CLERK_PUBLISHABLE_KEY: undefined },
  }),
  wrong('env-file-missing', 'no file at all', {}, { file: '/nowhere/.env' }),
];

export const inTheApp = () => [
  unanswered('api-url-not-usher', 'the API at the application itself', {}, {
    prepare: async ({ keep }) => ({ CLERK_API_URL: await keep(startOther(200, 'hello')) }),
  }),
  wrong('proxy-url-not-usher', 'browsers at something else', {}, {
    ends: 'nothing here',
    prepare: async ({ keep }) => ({ CLERK_PROXY_URL: await keep(startOther(404, 'nothing here')) }),
  }),
  wrong('app-unreachable', 'an application that does not run', {}, {
    ends: 'Error',
    app: async () => ({ origin: NOWHERE, close() {} }),
  }),
  wrong('app-fails', 'an application that breaks', {}, {
    ends: 'no database',
    tweak: {
      before: (app) =>
        app.use(() => {
          throw new Error('no database');
        }),
    },
  }),
  wrong('middleware-missing', 'no middleware', {}, { tweak: { middleware: false }, ends: '<title>App</title>' }),
  wrong('page-key-differs', 'pages of an old build', {}, { tweak: { pageKey: pk('old-owl-10.clerk.accounts.lclclerk.com') } }),
  wrong('page-cached', 'pages that caches may keep', {}, { tweak: { headers: { 'Cache-Control': 'public, max-age=600' } } }),
  wrong('policy-blocks-usher', 'a policy without the server', {}, {
    tweak: { headers: { 'Content-Security-Policy': "default-src 'self'; script-src 'self'" } },
  }),
  wrong('sign-in-url-not-found', 'a sign-in page that does not exist', { CLERK_SIGN_IN_URL: '/sign-in' }),
  wrong('sign-in-url-circle', 'a sign-in page that asks for a sign-in', { CLERK_SIGN_IN_URL: '/sign-in' }, {
    tweak: { signIn: (request, response) => response.redirect(`/sign-in?from=${Math.random()}`) },
  }),
  unanswered('handshake-elsewhere', 'a middleware that was given another address than the file says', {}, {
    running: { CLERK_PROXY_URL: 'http://localhost:9' },
  }),
  wrong('redirect-url-not-allowed', 'an application called by the name of the network', {}, {
    ends: 'redirect_url_not_associated_with_instance',
    app: async (env) => {
      const app = await startApp(env);
      return startProxy(app.origin, { ask: (headers) => ({ ...headers, 'x-forwarded-host': 'laptop.lan' }) });
    },
  }),
  wrong('redirect-url-wrong-host', 'a proxy that does not say which host was called', {}, {
    app: async (env) => {
      const app = await startApp(env);
      return startProxy(app.origin, { ask: (headers) => ({ ...headers, host: new URL(app.origin).host }) });
    },
  }),
  unanswered('redirect-url-wrong-scheme', 'a proxy that names the wrong scheme', {}, {
    app: async (env) => {
      const app = await startApp(env);
      return startProxy(app.origin, { ask: (headers) => ({ ...headers, 'x-forwarded-proto': 'https' }) });
    },
  }),
  unanswered('cookies-not-set', 'a proxy that takes the cookies out of answers', {}, {
    app: async (env) => {
      const app = await startApp(env);
      return startProxy(app.origin, { answer: ({ 'set-cookie': cookies, ...headers }) => headers });
    },
  }),
  unanswered('handshake-circle', 'a proxy that takes the cookies out of requests', {}, {
    app: async (env) => {
      const app = await startApp(env);
      return startProxy(app.origin, { ask: ({ cookie, ...headers }) => headers });
    },
  }),
  wrong('cookies-blocked', 'a browser that keeps no cookies', {}, {
    walker: () => new Walker({ keepsCookies: false }),
    ends: 'cookies-blocked',
    mentions: (origin) => origin,
  }),
];

/** What the server notices by itself, each time that it happens. */
export const atTheServer = ({ url, other, live }) => {
  const development = { atServer: {} };
  const production = { atServer: { at: other.url, key: live.key } };
  const ask = (path, headers, more = {}) => () => knock(`${more.at ?? url}${path}`, { headers, ...more });
  const behind = (headers) => async ({ keep, env }) => ({
    CLERK_PROXY_URL: await keep(startProxy(url, { ask: (given) => ({ ...given, ...headers(env) }) })),
  });
  const atOther = { at: other.url, method: 'POST', body: 'identifier=a%40example.com' };
  const liveEnv = {
    CLERK_PUBLISHABLE_KEY: live.publishableKey,
    CLERK_SECRET_KEY: live.key,
    CLERK_API_URL: other.url,
    CLERK_PROXY_URL: undefined,
  };
  return [
    wrong('proxy-without-key', 'a proxy that sends no secret key', {}, {
      ...development,
      ends: 'proxy_request_missing_secret_key',
      prepare: behind(() => ({ 'clerk-proxy-url': 'http://localhost:7001' })),
    }),
    wrong('proxy-key-refused', 'a proxy with a wrong secret key', {}, {
      ...development,
      ends: 'proxy_request_invalid_secret_key',
      prepare: behind(() => ({ 'clerk-proxy-url': 'http://localhost:7002', 'clerk-secret-key': 'sk_test_wrong' })),
    }),
    wrong('proxy-url-invalid', 'a proxy that names itself by a word', {}, {
      ...development,
      ends: 'invalid_proxy_configuration',
      prepare: behind((env) => ({ 'clerk-proxy-url': 'shop', 'clerk-secret-key': env.CLERK_SECRET_KEY })),
    }),
    wrong('proxy-not-trusted', 'a proxy in front of the server that is not trusted', {}, {
      ...development,
      prepare: behind(() => ({ 'x-forwarded-proto': 'https' })),
    }),
    wrong('key-refused-by-server', 'another application with a revoked key', {}, {
      ...development,
      ends: 'clerk_key_invalid',
      act: ask('/v1/users', { Authorization: `Bearer sk_test_${'f'.repeat(32)}` }),
    }),
    wrong('date-version-unknown', 'an SDK from the future', {}, {
      ...development,
      ends: 'api_version_invalid',
      act: ask('/v1/client?__clerk_api_version=2091-01-01', {}),
    }),
    wrong('development-browser-unknown', 'a page that remembers a server whose data are gone', {}, {
      ...development,
      ends: 'dev_browser_unauthenticated',
      act: ask('/v1/client?__clerk_db_jwt=dvb_gone', { Origin: 'http://localhost:5173' }),
    }),
    wrong('origin-and-authorization', 'a page that sends Authorization', {}, {
      ...development,
      ends: 'origin_authorization_headers_conflict',
      act: ask('/v1/client', { Origin: 'http://localhost:5173', Authorization: 'Bearer x' }),
    }),
    wrong('request-too-large', 'a browser with too many cookies', {}, {
      ...development,
      ends: '',
      act: ask('/v1/client', { Cookie: `old=${'x'.repeat(60_000)}` }),
    }),
    wrong('host-unknown', 'a proxy that calls the server by a name of its own', liveEnv, {
      ...production,
      ends: 'host_invalid',
      act: ask('/v1/client', { Host: 'usher.internal' }, { at: other.url }),
    }),
    wrong('origin-not-allowed', 'a page of an origin that is not allowed', liveEnv, {
      ...production,
      ends: 'origin_invalid',
      act: ask('/v1/client', { Origin: 'https://shop.invalid', Host: live.host }, { at: other.url }),
      mentions: () => 'https://shop.invalid',
    }),
    wrong('origin-missing', 'changes without an origin', liveEnv, {
      ...production,
      ends: 'origin_missing',
      act: ask('/v1/client/sign_ins', { ...forms, Host: live.host }, atOther),
    }),
    wrong('native-off', 'an app on a phone where the native API is off', liveEnv, {
      ...production,
      ends: 'native_api_disabled',
      act: ask('/v1/client/sign_ins?_is_native=1', { ...forms, Authorization: '', Host: live.host }, atOther),
    }),
  ];
};
