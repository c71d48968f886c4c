// Events as they arrived at an app, given to Clerk's own verifier.
import assert from 'node:assert/strict';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { check } from './lib/check.mjs';

const { headers, body, secret } = JSON.parse(process.env.WEBHOOK_TOLD);

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
  await assert.rejects(verified(request(), 'whsec_' + Buffer.from('another key of 24 bytes!').toString('base64')));
  const old = String(Number(headers['svix-timestamp']) - 3600);
  await assert.rejects(verified(request({ 'svix-timestamp': old, 'webhook-timestamp': old })));
});
