// Events as they arrived at an app, given to the three verifiers that apps use.
import assert from 'node:assert/strict';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { Webhook as Standard } from 'standardwebhooks';
import { Webhook as Svix } from 'svix';
import { check } from './lib/check.mjs';

const { headers, body, secret } = JSON.parse(process.env.WEBHOOK_TOLD);

const OTHER_SECRET = `whsec_${Buffer.from('another key of 24 bytes!').toString('base64')}`;

const request = (changed = {}, text = body) =>
  new Request('http://localhost/hook', { method: 'POST', headers: { ...headers, ...changed }, body: text });

const verified = (asked, signingSecret = secret) => verifyWebhook(asked, { signingSecret });

check('verifyWebhook takes an event', async () => {
  const event = await verified(request());
  assert.equal(event.type, 'session.created');
  assert.equal(event.object, 'event');
  assert.match(event.data.id, /^sess_/);
  assert.equal(event.event_attributes.http_request.client_ip, '127.0.0.1');
});

check('verifyWebhook refuses another body, another id, another secret and an old time', async () => {
  await assert.rejects(verified(request({}, body.replace('sess_', 'sexx_'))));
  await assert.rejects(verified(request({ 'svix-id': 'msg_other', 'webhook-id': 'msg_other' })));
  await assert.rejects(verified(request(), OTHER_SECRET));
  const old = String(Number(headers['svix-timestamp']) - 3600);
  await assert.rejects(verified(request({ 'svix-timestamp': old, 'webhook-timestamp': old })));
});

const MINUTES_OFF = 6 * 60; // five are allowed

for (const [name, Webhook, family] of [
  ['svix', Svix, 'svix'],
  ['standardwebhooks', Standard, 'webhook'],
]) {
  const own = Object.fromEntries(Object.entries(headers).filter(([header]) => header.startsWith(`${family}-`)));
  const at = (seconds) => ({ [`${family}-timestamp`]: String(Number(own[`${family}-timestamp`]) + seconds) });
  const verify = (changed = {}, text = body, key = secret) => new Webhook(key).verify(text, { ...own, ...changed });

  check(`${name} takes an event by its own headers`, () => {
    assert.equal(Object.keys(own).length, 3);
    assert.deepEqual(verify(), JSON.parse(body));
  });

  check(`${name} refuses what was changed on the way, what is old and what is early`, () => {
    const refused = (...given) => assert.throws(() => verify(...given), { name: 'WebhookVerificationError' });
    const { [`${family}-signature`]: signature } = own;
    refused({}, body.replace('sess_', 'sexx_'));
    refused({}, `${body} `);
    refused({ [`${family}-id`]: 'msg_other' });
    refused({ [`${family}-signature`]: signature.replace('v1,', 'v2,') });
    refused({ [`${family}-signature`]: undefined });
    refused(at(1));
    refused(at(-MINUTES_OFF));
    refused(at(MINUTES_OFF));
    refused({}, body, OTHER_SECRET);
  });
}
