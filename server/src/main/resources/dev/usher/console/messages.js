// The messages that Usher keeps instead of sending them.

/** The newest messages; throws when the server does not answer. */
export async function newestMessages(limit) {
  const answer = await fetch(`/_usher/inbox.json?limit=${limit}`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`the inbox answered ${answer.status}`);
  return (await answer.json()).data;
}
