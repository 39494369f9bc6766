import { createNotify } from '../../handler/process';
import { json, withAws } from './aws-ports';
import { batchOf, failing, glueEvent } from './process-events';
import { worldWith } from './process-world';

const failedAndFine = batchOf(glueEvent('run0', 'FAILED'), glueEvent('run1', 'SUCCEEDED'));

const hidden = 'T0SECRET0';

test.each([
  ['is empty', ''],
  ['is blank', ' \n'],
  ['lacks the key', `{"webhook":"https://hooks.slack.com/services/${hidden}"}`],
  ['holds an empty key', '{"slack_webhook":""}'],
  ['holds a number', '{"slack_webhook":42}'],
  ['holds no URL', `{"slack_webhook":"services/${hidden}"}`],
  ['holds a URL of another kind', `{"slack_webhook":"file:///${hidden}"}`],
])('a secret that %s holds no webhook yet: the log and a metric say so, and nothing comes again', async (_, secret) => {
  const { world, deeds } = worldWith({ readSecret: async () => secret });

  const response = await createNotify(world)(failedAndFine);

  expect(response).toEqual(failing());
  expect(deeds.posts).toEqual([]);
  expect(deeds.lines.join('\n')).toMatch(/holds no webhook under slack_webhook/);
  expect(deeds.lines.join('\n')).not.toContain(hidden);
  expect(deeds.counts.get('AlertsUnconfigured')).toBe(1);
});

test.each([
  ['is not JSON', `https://hooks.slack.com/services/${hidden}`],
  ['is a JSON text', `"${hidden}"`],
])('a secret that %s is for a person to mend: the alert comes again until then', async (_, secret) => {
  const { world, deeds } = worldWith({ readSecret: async () => secret });

  const response = await createNotify(world)(failedAndFine);

  expect(response).toEqual(failing('m0'));
  expect(deeds.lines.join('\n')).toMatch(/not a JSON object; it must hold/);
  expect(deeds.lines.join('\n')).not.toContain(hidden);
  expect(deeds.counts.get('AlertsFailed')).toBe(1);
});

test('a secret without a value yet is one without a webhook', async () => {
  const refusal = json({ __type: 'ResourceNotFoundException', Message: `no ${hidden}` }, 400);

  const { result } = await withAws(
    () => refusal,
    async ({ readSecret }) => {
      const { world, deeds } = worldWith({ readSecret });
      return { response: await createNotify(world)(failedAndFine), deeds };
    },
  );

  expect(result.response).toEqual(failing());
  expect(result.deeds.counts.get('AlertsUnconfigured')).toBe(1);
  expect(result.deeds.lines.join('\n')).not.toContain(hidden);
});

test.each(['AccessDeniedException', 'InternalServiceError'])(
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
    expect(result.printed).toContain(`cannot be read (${name})`);
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

  const response = await createNotify(world)(
    batchOf(glueEvent('run0', 'FAILED'), glueEvent('run1', 'FAILED', { jobName: 'another' })),
  );

  expect(response).toEqual(failing('m0'));
});
