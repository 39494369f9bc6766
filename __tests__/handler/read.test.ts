import * as fc from 'fast-check';
import { redact } from '../../handler/redact';
import { read, readFixtures, readPublicSamples } from './normalise/samples';
import { secrets } from './redact-samples';

function sqs(body: string, messageAttributes: object = {}) {
  return { Records: [{ eventSource: 'aws:sqs', messageId: 'm-1', body, messageAttributes }] };
}

function glue(message: string) {
  const detail = { jobName: 'load-orders', jobRunId: 'jr_5e', state: 'FAILED', message };
  return { source: 'aws.glue', 'detail-type': 'Glue Job State Change', detail };
}

const named = secrets.map(([kind, secret, text]): [string, string, string] => [kind, secret, text]);

describe('a message that gives a secret away', () => {
  it.each(named)('becomes a row without it: %s', (_, secret, text) => {
    const { records } = read(sqs(JSON.stringify(glue(text))));

    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain(JSON.stringify(secret).slice(1, -1));
  });

  it.each(named)('goes to quarantine without it: %s', (_, secret, text) => {
    const json = JSON.stringify({ message: text });
    const bodies = [
      text,
      json,
      `[${json}]`,
      json.slice(0, -2),
      JSON.stringify(json),
      JSON.stringify({ Records: [{ message: text }] }),
    ];

    const refused = bodies.flatMap((body) => read(sqs(body)).refused);

    expect(refused).toHaveLength(bodies.length);
    expect(JSON.stringify(refused)).not.toContain(secret);
  });

  it.each(named)('becomes the row of a dead letter without it: %s', (_, secret, text) => {
    const attributes = { RequestID: { stringValue: 'r-1' }, ErrorMessage: { stringValue: text } };

    const { records } = read(sqs('{}', attributes));

    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain(JSON.stringify(secret).slice(1, -1));
  });
});

describe('the reason why a message was refused', () => {
  it.each(named)('does not give it away: %s', (_, secret, text) => {
    const bodies = [
      { Records: [{ eventSource: text }] },
      { TopicArn: 'arn:aws:sns:eu-west-1:1:t', Type: text, Message: '{}' },
      { source: text, 'detail-type': 'a', detail: {} },
      { source: 'aws.glue', 'detail-type': text, detail: {} },
      { ...glue('no rows'), detail: { jobName: 'load-orders', state: text } },
    ];

    const { records, refused } = read({ Records: bodies.flatMap((body) => sqs(JSON.stringify(body)).Records) });

    expect(refused.length).toBeGreaterThan(3);
    expect(JSON.stringify([records, refused])).not.toContain(secret);
  });
});

describe('the ids of a run whose name is called like a secret', () => {
  const word = fc.constantFrom('secret', 'token', 'password', 'get-credentials', 'api-key', 'authorization', 'sk-');
  const part = fc.oneof(word, fc.stringMatching(/^[\w-]{1,12}$/));
  const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-'));

  it('come through whole, beside a secret that does not', () => {
    fc.assert(
      fc.property(name, name, (machine, run) => {
        const [stateMachineArn, executionArn, child] = [
          `stateMachine:${machine}`,
          `execution:${machine}:${run}`,
          `execution:${run}:${machine}`,
        ].map((resource) => `arn:aws:states:eu-west-1:111122223333:${resource}`);
        const cause = JSON.stringify({ ExecutionArn: child, Error: 'a', Cause: 'no password=hunter2' });
        const detail = { stateMachineArn, executionArn, status: 'FAILED', error: 'States.TaskFailed', cause };
        const event = { source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', detail };

        const { records } = read(sqs(JSON.stringify({ ...event, region: 'eu-west-1', account: '111122223333' })));

        expect(records).toMatchObject([
          {
            service_name: machine,
            service_request_id: executionArn,
            resource_arn: stateMachineArn,
            caused_by_request_id: child,
            console_url: expect.stringContaining(encodeURIComponent(executionArn ?? '')),
          },
        ]);
        expect(JSON.stringify(records)).not.toContain('hunter2');
      }),
    );
  });

  it('come through whole from functions, with their qualifier', () => {
    fc.assert(
      fc.property(name, name, (named, qualifier) => {
        const functionArn = `arn:aws:lambda:eu-west-1:111122223333:function:${named}:${qualifier}`;
        const record = {
          version: '1.0',
          timestamp: '2025-03-10T06:12:46.000Z',
          requestContext: { requestId: 'r-1', functionArn, condition: 'RetriesExhausted' },
          requestPayload: {},
          responsePayload: { errorMessage: `${functionArn} failed with password=hunter2` },
        };

        const { records } = read(sqs(JSON.stringify(record)));

        expect(records).toMatchObject([
          { service_name: named, error_message: `${functionArn} failed with password=[redacted]` },
        ]);
      }),
    );
  });
});

describe('a message without a secret', () => {
  const samples = [...readFixtures(), ...readPublicSamples()].filter(
    ({ name }) => !/subscription|confirmation/.test(name),
  );

  it.each(samples.map(({ name, input }): [string, unknown] => [name, input]))('is left as it is: %s', (_, input) => {
    expect(redact(input)).toEqual(input);
  });
});

describe('the messages of a batch', () => {
  it('do not harm each other', () => {
    const [good, bad] = [sqs(JSON.stringify(glue('no rows'))), sqs('{"source":')];

    const { records, refused } = read({ Records: [...bad.Records, ...good.Records, ...bad.Records] });

    expect(records.map(({ error_message }) => error_message)).toEqual(['no rows']);
    expect(refused.map(({ reason }) => reason)).toEqual(['not JSON', 'not JSON']);
  });

  it('arrive when their queue took them, or now', () => {
    const record = { eventSource: 'aws:sqs', body: JSON.stringify(glue('no rows')) };
    const times = [{ SentTimestamp: '1741587166000' }, { SentTimestamp: '' }, { SentTimestamp: '999999999999999' }, {}];

    const { records } = read({ Records: times.map((attributes) => ({ ...record, attributes })) });

    expect(records.map(({ event_time }) => event_time)).toEqual([
      '2025-03-10T06:12:46.000Z',
      '2025-03-10T12:00:00.000Z',
      '2025-03-10T12:00:00.000Z',
      '2025-03-10T12:00:00.000Z',
    ]);
  });
});
