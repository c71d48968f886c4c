// Pages that the server renders, and clerk-js in them.
import { clerkClient, clerkMiddleware, getAuth } from '@clerk/express';
import express from 'express';
import { home, members, organization, signIn } from './pages.js';

const app = express();
const signInUrl = '/sign-in';

app.disable('x-powered-by');
app.set('trust proxy', 'loopback'); // a proxy on this machine may say that the page has https
app.use(
  clerkMiddleware({
    signInUrl,
    // Who opens /orgs/acme is active in the organization "acme", if they are a member.
    organizationSyncOptions: { organizationPatterns: ['/orgs/:slug', '/orgs/:slug/(.*)'] },
  }),
);

/** Sends who is signed out to the sign-in page, and from there back. */
function membersOnly(request, response, next) {
  if (getAuth(request).isAuthenticated) return next();
  const here = `${request.protocol}://${request.host}${request.originalUrl}`;
  response.redirect(`${signInUrl}?redirect_url=${encodeURIComponent(here)}`);
}

const userOf = (request) => clerkClient.users.getUser(getAuth(request).userId);

app.get('/', (request, response) => response.send(home(getAuth(request))));

// Clerk's form has steps, each with a path of its own.
app.get('/sign-in{/*step}', (request, response) => response.send(signIn()));

app.get('/members', membersOnly, async (request, response) => {
  response.send(members(await userOf(request), getAuth(request)));
});

app.get('/orgs/:slug', membersOnly, async (request, response) => {
  const auth = getAuth(request);
  const isActive = auth.orgSlug === request.params.slug;
  response.status(isActive ? 200 : 404).send(organization(isActive ? auth : null));
});

app.get('/api/me', (request, response) => {
  const { isAuthenticated, userId, sessionId } = getAuth(request);
  if (!isAuthenticated) return response.status(401).json({ error: 'signed out' });
  response.json({ userId, sessionId });
});

const server = app.listen(process.env.PORT ?? 3000, 'localhost', () => {
  console.log(`Ready on http://localhost:${server.address().port}`);
});
