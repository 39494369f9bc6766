import { defaultSettings } from '../../../handler/settings';
import { recordOf } from './samples';

function glue(detail: object = {}) {
  return {
    id: '7d1f4c80',
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2025-03-10T06:12:45Z',
    detail: { jobName: 'load-orders', jobRunId: 'jr_5e', state: 'FAILED', message: 'no rows', ...detail },
  };
}

describe('the detail', () => {
  it('of a long event keeps its beginning, in JSON that says that it was cut', () => {
    const { detail } = recordOf(glue({ message: 'x'.repeat(100_000) }));

    expect(JSON.parse(detail ?? '')).toEqual({ cut: true, text: expect.stringMatching(/^\{"jobName":"load-orders"/) });
  });

  it('keeps no payload of the business, wherever it stands', () => {
    const payload = { input: 'a', output: 'b', environment: ['c'], overrides: { d: 1 }, requestPayload: 'e' };

    const { detail } = recordOf(glue({ ...payload, inner: { ...payload, list: [{ ...payload, kept: 1 }] } }));

    expect(JSON.parse(detail ?? '')).toEqual({
      ...glue().detail,
      inner: { list: [{ kept: 1 }] },
    });
  });

  it('keeps no payload in the cause of a state machine either, which is JSON in a text', () => {
    const inner = {
      Input: '{"customer":"Ada"}',
      Output: 'Ada',
      Container: { Environment: [{ Name: 'A', Value: 'Ada' }] },
    };
    const cause = JSON.stringify({ ExecutionArn: 'arn:a', Status: 'FAILED', ...inner, Cause: JSON.stringify(inner) });

    const record = recordOf({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: { executionArn: 'arn:b', status: 'FAILED', error: 'States.TaskFailed', cause, input: 'Ada' },
    });

    expect(JSON.stringify(record)).not.toContain('Ada');
    expect(JSON.parse(record.exception_details ?? '')).toEqual({
      ExecutionArn: 'arn:a',
      Status: 'FAILED',
      Container: {},
      Cause: '{"Container":{}}',
    });
  });

  it('keeps JSON in a text as it was written when it holds no payload', () => {
    const message = '{ "reason" : "closed" }';

    expect(JSON.parse(recordOf(glue({ message })).detail ?? '')).toEqual({ ...glue().detail, message });
  });

  it.each([200, 50_000])('of a state machine may hold JSON that is nested %d deep in a text', (depth) => {
    const cause = `{"Cause":${'['.repeat(depth)}${']'.repeat(depth)},"input":1}`;

    const record = recordOf({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: { executionArn: 'arn:b', status: 'FAILED', error: 'States.TaskFailed', cause },
    });

    expect(record).toEqual(expect.objectContaining({ event_type: 'failed', error_type: 'States.TaskFailed' }));
  });

  it('keeps payloads when the configuration asks for them', () => {
    const { detail } = recordOf(glue({ input: '{"a":1}' }), { ...defaultSettings, keepPayloads: true });

    expect(JSON.parse(detail ?? '')).toEqual({ ...glue().detail, input: '{"a":1}' });
  });

  it('never holds a secret', () => {
    const record = recordOf(
      glue({ message: 'no login with password=hunter2 as etl', connection: { password: 'hunter2' } }),
    );

    expect(JSON.stringify(record)).not.toContain('hunter2');
    expect(record.error_message).toBe('no login with password=[redacted] as etl');
  });

  it('keeps a time that could not be read', () => {
    const { detail } = recordOf({ ...glue(), time: 'next Tuesday' });

    expect(JSON.parse(detail ?? '')).toEqual({ ...glue().detail, envelope_time: 'next Tuesday' });
  });
});
