import { ClerkProvider, Show, UserButton } from '@clerk/nextjs';
import Link from 'next/link';
import { connection } from 'next/server';
import './style.css';

export const metadata = { title: 'Next.js and Usher', icons: { icon: 'data:,' } };

export default async function Layout({ children }) {
  await connection(); // keys are read at each start, so that one build serves every instance
  return (
    <html lang="en">
      <body>
        <ClerkProvider signInUrl="/sign-in">
          <nav>
            <Link href="/">Home</Link> <Link href="/members">Members</Link>
            <Show when="signed-in">
              <UserButton />
            </Show>
          </nav>
          {children}
        </ClerkProvider>
      </body>
    </html>
  );
}
