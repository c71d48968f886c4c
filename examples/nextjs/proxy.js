// Runs before each page: it takes the handshake, and knows who is signed in. The pages say whom they are for.
import { clerkMiddleware } from '@clerk/nextjs/server';

export default clerkMiddleware({
  signInUrl: '/sign-in',
  // Who opens /orgs/acme is active in the organization "acme", if they are a member.
  organizationSyncOptions: { organizationPatterns: ['/orgs/:slug', '/orgs/:slug/(.*)'] },
});

export const config = {
  // Everything but Next.js's own files and files with a suffix.
  matcher: ['/((?!_next|[^?]*\\.[a-z0-9]+$).*)'],
};
