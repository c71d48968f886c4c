// The pages, as text. clerk-js and Clerk's components come from Usher.
const { CLERK_PUBLISHABLE_KEY, CLERK_PROXY_URL = '', CLERK_JS_URL, CLERK_UI_URL } = process.env;

const NAMES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => NAMES[sign]);

const page = (title, body) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${escaped(title)}</title>
    <link rel="icon" href="data:,">
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; }
      nav { display: flex; gap: 1rem; align-items: center; min-height: 2.5rem; border-bottom: 1px solid #ddd; }
      #user-button { margin-left: auto; }
    </style>
  </head>
  <body>
    <nav><a href="/">Home</a> <a href="/members">Members</a> <span id="user-button"></span></nav>
    <h1>${escaped(title)}</h1>
    ${body}
    <script defer crossorigin="anonymous" src="${CLERK_UI_URL}"></script>
    <script defer crossorigin="anonymous" src="${CLERK_JS_URL}"
      data-clerk-publishable-key="${CLERK_PUBLISHABLE_KEY}" data-clerk-proxy-url="${CLERK_PROXY_URL}"></script>
    <script type="module">
      await Clerk.load({ signInUrl: '/sign-in', telemetry: false, ui: { ClerkUI: window.__internal_ClerkUICtor } });
      const signIn = document.getElementById('sign-in');
      if (signIn) Clerk.mountSignIn(signIn, { routing: 'path', path: '/sign-in', fallbackRedirectUrl: '/' });
      else if (Clerk.isSignedIn) Clerk.mountUserButton(document.getElementById('user-button'));
    </script>
  </body>
</html>`;

export const home = ({ isAuthenticated, userId }) =>
  page(
    'Express and Usher',
    isAuthenticated ? `<p>You are signed in as <code>${escaped(userId)}</code>.</p>` : '<p>You are signed out. <a href="/sign-in">Sign in</a></p>',
  );

export const signIn = () => page('Sign in', '<div id="sign-in"></div>');

export const members = (user, { sessionId }) =>
  page(
    'Members',
    `<p>Hello, <strong>${escaped(user.primaryEmailAddress?.emailAddress ?? user.id)}</strong>.</p>
    <p>This page was rendered for session <code>${escaped(sessionId)}</code>.</p>`,
  );

/** @param auth of somebody who is active in the organization of the path; null for everybody else */
export const organization = (auth) =>
  auth === null
    ? page('No such organization', '<p>It does not exist, or you are not a member.</p>')
    : page(auth.orgSlug, `<p>You are <strong>${escaped(auth.orgRole)}</strong> here.</p>`);
