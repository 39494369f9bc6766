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
