import { postAll } from '../../../handler/alert/post';
import { alertNotice } from './notice';

const log = { info() {}, warn() {}, error() {} };

/** A world in which the secret can be read and Slack takes what it gets. */
function worldWith(received: string[]) {
  return {
    log,
    end: Number.MAX_SAFE_INTEGER,
    paused: new Map<string, number>(),
    ports: {
      readSecret: async () => '{"slack_webhook": "https://hooks.slack.example/services/T0/B0/x"}',
      post: async (_url: string, body: string) => {
        received.push(body);
        return { status: 200, body: 'ok', retryAfterSeconds: null };
      },
      sleep: async () => {},
      now: () => new Date(0),
    },
  };
}

test('what no message can be made of fails by itself, and is not taken for a secret that cannot be read', async () => {
  const received: string[] = [];
  const broken = { ...alertNotice(), record: null as never };
  const postings = [alertNotice(), broken, alertNotice()].map((notice) => ({
    channel: 'slack_webhook',
    notices: [notice],
    note: null,
  }));

  const posted = await postAll(postings, worldWith(received));

  expect(posted).toEqual([
    { sent: true, channel: 'slack_webhook', note: null },
    { failed: 'no message of it (TypeError)' },
    { sent: true, channel: 'slack_webhook', note: null },
  ]);
  expect(received).toHaveLength(2);
});
