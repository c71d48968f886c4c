// The same members in the browser: what clerk-js answers for the active organization is what the server's records say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openTab, startApp } from './lib/app.mjs';
import { openBrowser, openDevice } from './lib/browser.mjs';
import * as sdk from './lib/sdk.mjs';

const { known, members } = JSON.parse(readFileSync(process.env.MEMBERS, 'utf8'));
const KINDS = { role: known.roles, permission: known.permissions, feature: known.features, plan: known.plans };
let app;
let browser;
let tab;

before(async () => {
  app = await startApp();
  browser = await openBrowser();
  tab = await openTab(await openDevice(browser), app);
  await sdk.signIn(tab, { email: process.env.MEMBER_EMAIL, password: process.env.MEMBER_PASSWORD });
});
after(async () => {
  await browser?.close();
  await app?.close();
});

/** Everything of the names that is granted in an organization, by the SDK's word. */
const granted = (organization) =>
  tab.evaluate(
    async ({ organization, kinds }) => {
      await window.Clerk.setActive({ organization });
      const { session } = window.Clerk;
      const has = (kind, name) => session.checkAuthorization({ [kind]: name });
      return Object.fromEntries(Object.entries(kinds).map(([kind, names]) => [kind, names.filter((name) => has(kind, name))]));
    },
    { organization, kinds: KINDS },
  );

const sorted = (names) => [...names].sort();

for (const member of members) {
  test(`in the browser, ${member.organization} as ${member.role}`, async () => {
    const answers = await granted(member.organization);
    assert.deepEqual(answers.role, [member.role]);
    assert.deepEqual(sorted(answers.permission), sorted(member.permissions));
    assert.deepEqual(sorted(answers.feature), sorted(member.features));
    assert.deepEqual(sorted(answers.plan), sorted(member.plans));
  });
}
