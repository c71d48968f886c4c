// A reporter for node:test: one JSON line when a check begins and one when it is over, for JUnit to read.
import { inspect } from 'node:util';

function reason(error) {
  const cause = error?.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? String(cause)) : inspect(cause);
}

/** Hooks fail as part of the checks around them; a file that cannot be loaded fails by its name. */
function line({ type, data }) {
  if (data.details?.type === 'suite') return undefined;
  if (type === 'test:start') return { event: 'begins', name: data.name };
  if (type === 'test:pass' && data.skip === undefined) return { event: 'passes', name: data.name };
  if (type === 'test:pass') return { event: 'fails', name: data.name, reason: 'it was skipped' };
  if (type === 'test:fail') return { event: 'fails', name: data.name, reason: reason(data.details.error) };
  return undefined;
}

export default async function* lines(events) {
  for await (const event of events) {
    const shown = line(event);
    if (shown) yield `${JSON.stringify(shown)}\n`;
  }
}
