import { OrganizationSwitcher, Show, SignIn, UserButton, useAuth, useUser } from '@clerk/react';
import { useState } from 'react';

function Token() {
  const { getToken } = useAuth();
  const [claims, setClaims] = useState();
  // A back end of your own would take the token as "Authorization: Bearer …" and verify it.
  const show = async () => {
    const payload = (await getToken()).split('.')[1];
    setClaims(JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))));
  };
  return (
    <>
      <button onClick={show}>Show my token</button>
      {claims && <pre>{JSON.stringify(claims, null, 2)}</pre>}
    </>
  );
}

function Inside() {
  const { user } = useUser();
  return (
    <>
      <nav>
        <UserButton /> <OrganizationSwitcher />
      </nav>
      <p>
        Hello, <strong>{user?.primaryEmailAddress?.emailAddress}</strong>.
      </p>
      <Token />
    </>
  );
}

export function App() {
  return (
    <>
      <h1>React and Usher</h1>
      <Show when="signed-out">
        <SignIn routing="hash" withSignUp />
      </Show>
      <Show when="signed-in">
        <Inside />
      </Show>
    </>
  );
}
