// What checks of a server's calls share.
import assert from 'node:assert/strict';

/** One part of the API with every call noted, so that nothing is said to be checked that was not called. */
export function noted(clerk, name, made) {
  return new Proxy(clerk[name], {
    get: (api, method) => async (...args) => {
      made.add(`${name}.${method}`);
      return api[method](...args);
    },
  });
}

/** The call is refused with this status and code. */
export async function refused(promise, status, code) {
  const error = await promise.then(
    () => assert.fail(`not refused with ${code}`),
    (reason) => reason,
  );
  assert.equal(error.status, status);
  assert.equal(error.errors[0].code, code);
  assert.ok(error.clerkTraceId);
}
