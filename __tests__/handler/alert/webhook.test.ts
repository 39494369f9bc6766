import { webhookIn } from '../../../handler/alert/webhook';

test.each([
  ['https://hooks.slack.com/services/T0/B0/x', 'incoming'],
  ['https://hooks.slack-gov.com/services/T0/B0/x', 'incoming'],
  ['https://hooks.slack.com/workflows/T0/A0/1/x', 'workflow'],
  ['https://hooks.slack.com/triggers/T0/1/x', 'workflow'],
  ['https://proxy.example/services/triggers/x', 'incoming'],
])('%s is a webhook of kind %s', (url, kind) => {
  expect(webhookIn(JSON.stringify({ slack_webhook: url, other: 'key' }))).toEqual({ url, kind });
});

test.each(['', 'https://hooks.slack.com/services/T0SECRET', '{"slack_webhook":"T0SECRET"}', '[]', 'null'])(
  'the secret %j is refused with what is right, and without its content',
  (secret) => {
    const read = () => webhookIn(secret);

    expect(read).toThrow(expect.objectContaining({ code: 'SECRET_UNUSABLE' }));
    expect(read).toThrow(/it must hold \{"slack_webhook": "https:/);
    expect(read).not.toThrow(/T0SECRET/);
  },
);
