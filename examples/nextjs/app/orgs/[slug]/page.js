import { auth } from '@clerk/nextjs/server';
import { notFound } from 'next/navigation';

export default async function Organization({ params }) {
  const { slug } = await params;
  const { orgSlug, orgRole } = await auth.protect();
  if (orgSlug !== slug) notFound();
  return (
    <>
      <h1>{orgSlug}</h1>
      <p>
        You are <strong>{orgRole}</strong> here.
      </p>
    </>
  );
}
