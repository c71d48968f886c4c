import { auth } from '@clerk/nextjs/server';
import Link from 'next/link';

export default async function Home() {
  const { isAuthenticated, userId } = await auth();
  return (
    <>
      <h1>Next.js and Usher</h1>
      {isAuthenticated ? (
        <p>
          You are signed in as <code>{userId}</code>.
        </p>
      ) : (
        <p>
          You are signed out. <Link href="/sign-in">Sign in</Link>
        </p>
      )}
    </>
  );
}
