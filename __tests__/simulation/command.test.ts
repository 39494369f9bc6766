import { readArguments, run } from '../../simulation/command';

test.each([
  [[], { seed: 1, schedules: 500 }],
  [['--schedules', '20', '--seed', '7'], { seed: 7, schedules: 20 }],
  [['--schedules', 'many'], null],
  [['--seed', '-1'], null],
  [['--sedes', '1'], null],
])('%j asks for %j', (args, asked) => {
  expect(readArguments(args)).toEqual(asked);
});

test('says how many schedules were tried, and that all went well', async () => {
  const printed: string[] = [];

  const isKept = await run({ seed: 10, schedules: 2 }, { print: (text) => printed.push(text), say: () => {} });

  expect(isKept).toBe(true);
  expect(printed.join('\n')).toMatch(/^2 of 2 schedules: \d+ calls, \d+ of them struck by a fault, \d+ posts, in/);
  expect(printed.at(-1)).toBe('Every promise was kept.');
});
