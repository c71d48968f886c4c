import { auth, currentUser } from '@clerk/nextjs/server';

export default async function Members() {
  const { sessionId } = await auth.protect();
  const user = await currentUser();
  return (
    <>
      <h1>Members</h1>
      <p>
        Hello, <strong>{user.primaryEmailAddress?.emailAddress ?? user.id}</strong>.
      </p>
      <p>
        This page was rendered for session <code>{sessionId}</code>.
      </p>
    </>
  );
}
