import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arrivalOf, countEvents, entryOf } from '../../local/entry';
import { type InputEvent, readEvents } from '../../local/events';
import { listInput } from '../../local/input-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'events-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function textsOf(path: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { text } of readEvents(listInput(path).files)) texts.push(text);
  return texts;
}

function inputOf(value: unknown): InputEvent {
  return { text: JSON.stringify(value), value };
}

const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;

describe('reading', () => {
  test.each([
    ['one event over several lines', 'a.json', '{\n  "a": 1\n}\n', ['{"a":1}']],
    ['an array', 'a.json', '[{"a":1}, {"b":2}]', ['{"a":1}', '{"b":2}']],
    ['an empty array', 'a.json', '[]', []],
    ['JSON lines', 'a.jsonl', '{"a":1}\r\n\r\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['JSON lines under another name', 'a.json', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['an array on a line', 'a.ndjson', '[{"a":1},{"b":2}]\n', ['{"a":1}', '{"b":2}']],
    ['a line that is not JSON', 'a.jsonl', 'hello\n{"cut":\n', ['hello', '{"cut":']],
    ['plain text', 'a.txt', 'hello\nworld\n', ['hello\nworld\n']],
    ['JSON lines of which the last is cut off', 'a.json', '{"a":1}\n{"b":', ['{"a":1}', '{"b":']],
    ['JSON lines with a bad one between', 'a.json', '\n{"a":1}\noops\n[{"b":2}]\n', ['{"a":1}', 'oops', '{"b":2}']],
    ['one event that is cut off', 'a.json', '{\n  "a": 1,\n  "b":', ['{\n  "a": 1,\n  "b":']],
    ['a list that is cut off', 'a.json', '[\n{"a":1},\n{"b":', ['[\n{"a":1},\n{"b":']],
    ['a byte order mark', 'a.json', '\uFEFF{"a":1}', ['{"a":1}']],
    ['nothing', 'a.txt', ' \n', []],
    [
      'an array with an element that is nested too deep',
      'a.json',
      `[{"a": ["]", 1]}, ${deep}, "x,\\\\"]`,
      ['{"a":["]",1]}', deep, '"x,\\\\"'],
    ],
    ['another ending, when named itself', 'a.log', '{"a":1}', ['{"a":1}']],
  ])('%s', async (_what, name, content, expected) => {
    const path = write(name, content);

    expect(await textsOf(path)).toEqual(expected);
  });

  test('a folder is read with all its folders, by name, and what holds no events is told', async () => {
    write('b.json', '"b"');
    write('a/z.jsonl', '"z"');
    const readme = write('README.md', '# events');

    expect(await textsOf(folder)).toEqual(['"z"', '"b"']);
    expect(listInput(folder).ignored).toEqual([readme]);
  });

  test.each([
    ['a path that is not there', () => join(folder, 'gone'), 'there is no such file or folder'],
    ['a folder without events', () => folder, 'holds no file that ends in .json'],
  ])('%s is told', (_what, path, message) => {
    expect(() => listInput(path())).toThrow(message);
  });
});

describe('entering', () => {
  const event = {
    'detail-type': 'Glue Job State Change',
    source: 'aws.glue',
    time: '2026-03-01T10:00:00Z',
    detail: {},
  };
  const record = {
    version: '1.0',
    timestamp: '2026-03-01T11:00:00.000Z',
    requestContext: { condition: 'Success', requestId: 'r', functionArn: 'a' },
  };
  const envelope = {
    Type: 'Notification',
    TopicArn: 'arn',
    Message: JSON.stringify(event),
    Timestamp: '2026-03-01T12:00:00.000Z',
  };
  const message = {
    eventSource: 'aws:sqs',
    body: JSON.stringify(event),
    attributes: { SentTimestamp: '1772366400000' },
    messageAttributes: {},
  };

  test.each([
    ['an event of EventBridge', event, 'rules', 1, '2026-03-01T10:00:00.000Z'],
    ['a bare Lambda record', record, 'topic', 1, '2026-03-01T11:00:00.000Z'],
    [
      'what SNS sends to a function',
      { Records: [{ Sns: envelope }, { Sns: envelope }] },
      'subscriptions',
      2,
      '2026-03-01T12:00:00.000Z',
    ],
    ['what SNS puts into a queue', envelope, 'subscriptions', 1, '2026-03-01T12:00:00.000Z'],
    [
      'what SQS sends to a function',
      { Records: [message, message, message] },
      'functions',
      3,
      '2026-03-01T12:00:00.000Z',
    ],
    ['a notification of S3', { Records: [{ eventSource: 'aws:s3' }] }, 'topic', 1, null],
    ['an empty wrapping', { Records: [] }, 'topic', 1, null],
    ['a number', 5, 'topic', 1, null],
  ])('%s', (_what, value, at, count, arrival) => {
    const input = inputOf(value);
    const entry = entryOf(input);
    const arrivedAt = arrivalOf(input, Date.UTC(2026, 5, 1));

    expect([entry.at, countEvents(entry)]).toEqual([at, count]);
    expect(arrivedAt === null ? null : new Date(arrivedAt).toISOString()).toEqual(arrival);
  });

  test('a message of SQS keeps its body, its attributes and its message attributes', () => {
    const attribute = { dataType: 'String', stringValue: 'r-1' };
    const own = { ...message, messageAttributes: { RequestID: attribute } };

    expect(entryOf(inputOf({ Records: [own] }))).toEqual({
      at: 'functions',
      messages: [{ body: message.body, attributes: message.attributes, messageAttributes: { RequestID: attribute } }],
    });
  });

  test.each([
    ['before AWS', '1970-01-01T00:00:00Z'],
    ['far in the future', '9999-12-31T23:59:59Z'],
    ['in no form', 'yesterday'],
    ['on no day', '2026-02-31T99:00:00Z'],
    ['as a number', 1_772_366_400_000],
  ])('a time %s does not move the clock', (_what, time) => {
    expect(arrivalOf(inputOf({ ...event, time }), Date.UTC(2026, 5, 1))).toBeNull();
  });
});
