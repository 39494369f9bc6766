import { createLog } from '../../handler/log';

const levels = ['info', 'warn', 'error'] as const;

/** What a log prints while it is used, line by line. */
function printed(use: () => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const write = (line: string | Uint8Array) => lines.push(String(line)) > 0;
  const spies = [process.stdout, process.stderr].map((it) => jest.spyOn(it, 'write').mockImplementation(write));
  use();
  for (const spy of spies) spy.mockRestore();
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('a line is JSON: the static text, the function, and the fields beside them', () => {
  const lines = printed(() =>
    createLog('persist', 'INFO').warn('Firehose did not take records', { records: 3, of: 7 }),
  );

  expect(lines).toEqual([
    expect.objectContaining({
      level: 'WARN',
      service: 'persist',
      message: 'Firehose did not take records',
      records: 3,
      of: 7,
    }),
  ]);
});

test.each([
  ['INFO', ['INFO', 'WARN', 'ERROR']],
  ['WARN', ['WARN', 'ERROR']],
  ['ERROR', ['ERROR']],
  ['verbose', ['INFO', 'WARN', 'ERROR']],
])('a log of level %s prints %j', (level, expected) => {
  const lines = printed(() => {
    const log = createLog('persist', level);
    for (const name of levels) log[name]('Something happened');
  });

  expect(lines.map((line) => line['level'])).toEqual(expected);
});

test('no secret in a field is printed', () => {
  const lines = printed(() =>
    createLog('notify', 'INFO').error('Something happened', {
      reason: 'https://hooks.slack.com/services/T0/B0/verysecret answered password=hunter2hunter2',
      none: null,
    }),
  );

  expect(JSON.stringify(lines)).not.toMatch(/verysecret|hunter2/);
  expect(lines[0]?.['reason']).toContain('hooks.slack.com');
});
