import { createNotify } from '../../handler/process';
import { json, withAws } from './aws-ports';
import { batchOf, failing, glueEvent } from './process-events';
import { worldWith } from './process-world';

const failedAndFine = batchOf(glueEvent('run0', 'FAILED'), glueEvent('run1', 'SUCCEEDED'));

const hidden = 'T0SECRET0';

test.each([
  ['is empty', '', /is empty/],
  ['is blank', ' \n', /is empty/],
  ['is not JSON', `https://hooks.slack.com/services/${hidden}`, /not a JSON object/],
  ['is a JSON text', `"${hidden}"`, /not a JSON object/],
  ['lacks the key', `{"webhook":"https://hooks.slack.com/services/${hidden}"}`, /lacks the key slack_webhook/],
  ['holds an empty key', '{"slack_webhook":""}', /lacks the key slack_webhook/],
  ['holds a number', '{"slack_webhook":42}', /lacks the key slack_webhook/],
  ['holds no URL', `{"slack_webhook":"services/${hidden}"}`, /no URL under slack_webhook/],
  ['holds a URL of another kind', `{"slack_webhook":"file:///${hidden}"}`, /no URL under slack_webhook/],
])('a secret that %s: said in the log without its content, and only the alert comes again', async (_, secret, told) => {
  const { world, deeds } = worldWith({ readSecret: async () => secret });

  const response = await createNotify(world)(failedAndFine);

  expect(response).toEqual(failing('m0'));
  expect(deeds.posts).toEqual([]);
  expect(deeds.lines.join('\n')).toMatch(told);
  expect(deeds.lines.join('\n')).not.toContain(hidden);
  expect(deeds.counts.get('AlertsFailed')).toBe(1);
});

test.each(['AccessDeniedException', 'ResourceNotFoundException'])(
  'a secret that AWS refuses with %s: the alert comes again, nothing of the error but its name is printed',
  async (name) => {
    const refusal = json({ __type: name, Message: `no ${hidden}` }, 400);

    const { result } = await withAws(
      () => refusal,
      async ({ readSecret }) => {
        const { world, deeds } = worldWith({ readSecret });
        return { response: await createNotify(world)(failedAndFine), printed: deeds.lines.join('\n') };
      },
    );

    expect(result.response).toEqual(failing('m0'));
    expect(result.printed).toContain(`"why":"${name}"`);
    expect(result.printed).not.toContain(hidden);
  },
);

test('a batch without anything to tell does not read the secret', async () => {
  const { world, deeds } = worldWith();

  await createNotify(world)(batchOf(glueEvent('run1', 'SUCCEEDED')));

  expect(deeds.secretReads).toEqual([]);
});

test('a secret that cannot be read anew keeps the rejected alert, and does not stop the others', async () => {
  const { world } = worldWith({
    readSecret: async ({ fresh }) =>
      fresh ? Promise.reject(new Error('throttled')) : '{"slack_webhook":"https://hooks.slack.com/services/T/B/X"}',
    post: async (_, body) => ({ status: body.includes('run0') ? 400 : 200, body: '', retryAfterSeconds: null }),
  });

  const response = await createNotify(world)(batchOf(glueEvent('run0', 'FAILED'), glueEvent('run1', 'FAILED')));

  expect(response).toEqual(failing('m0'));
});
