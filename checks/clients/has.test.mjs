// Tokens of a running server, read by the published package: `has` answers as the server's own records do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { verifyToken } from '@clerk/backend';
import { signedInAuthObject } from '@clerk/backend/internal';
import { jwtKey } from './lib/usher.mjs';

const { known, members } = JSON.parse(readFileSync(process.env.MEMBERS, 'utf8'));
const answers = (auth, kind, all, granted) => {
  for (const name of all) assert.equal(auth.has({ [kind]: name }), granted.includes(name), `${kind} ${name}`);
};

for (const member of members) {
  test(`${member.organization} as ${member.role}`, async () => {
    const claims = await verifyToken(member.jwt, { jwtKey });
    const auth = signedInAuthObject({}, member.jwt, claims);
    assert.equal(auth.orgId, member.organization);
    assert.equal(auth.orgRole, member.role);
    assert.deepEqual([...auth.orgPermissions].sort(), [...member.permissions].sort());
    answers(auth, 'role', known.roles, [member.role]);
    answers(auth, 'permission', known.permissions, member.permissions);
    answers(auth, 'feature', known.features, member.features);
    answers(auth, 'plan', known.plans, member.plans);
    const [permission] = member.permissions;
    if (permission) assert.equal(auth.has({ role: member.role, permission, feature: permission.split(':')[1] }), true);
  });
}
