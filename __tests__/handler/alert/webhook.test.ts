import { webhooksIn } from '../../../handler/alert/webhook';

test.each([
  ['https://hooks.slack.com/services/T0/B0/x', 'incoming'],
  ['https://hooks.slack-gov.com/services/T0/B0/x', 'incoming'],
  ['https://hooks.slack.com/workflows/T0/A0/1/x', 'workflow'],
  ['https://hooks.slack.com/triggers/T0/1/x', 'workflow'],
  ['https://proxy.example/services/triggers/x', 'incoming'],
])('%s is a webhook of kind %s', (url, kind) => {
  const found = webhooksIn(JSON.stringify({ slack_webhook: url, another: 'https://x.example', note: 'no URL', n: 1 }));

  expect([...found.keys()]).toEqual(['slack_webhook', 'another']);
  expect(found.get('slack_webhook')).toEqual({ url, kind });
});

test.each(['', ' ', '{}', '{"slack_webhook":""}', '{"slack_webhook":"T0SECRET"}', '{"slack_webhook":"file:///x"}'])(
  'the secret %j holds no webhook yet',
  (secret) => {
    expect(webhooksIn(secret).size).toBe(0);
  },
);

test.each(['https://hooks.slack.com/services/T0SECRET', '[]', 'null', '"T0SECRET"'])(
  'the secret %j is refused with what is right, and without its content',
  (secret) => {
    const read = () => webhooksIn(secret);

    expect(read).toThrow(expect.objectContaining({ code: 'SECRET_UNUSABLE' }));
    expect(read).toThrow(/it must hold \{"slack_webhook": "https:/);
    expect(read).not.toThrow(/T0SECRET/);
  },
);
