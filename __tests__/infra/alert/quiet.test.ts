import { type ConfigurationInput, readInstallation } from '../../../infra/config';

const here = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };
const now = new Date('2026-03-01T12:00:00Z');

function read(input: unknown) {
  return readInstallation({ alarms: ['lake@example.org'], ...(input as ConfigurationInput) }, here, now);
}

function silenced(said: object): object {
  return { silences: [{ match: { name: 'orders-*' }, until: '2026-04-01T00:00:00Z', reason: 'migration', ...said }] };
}

function maintained(said: object): object {
  const window = { days: ['sunday'], from: '22:00', until: '02:00', timeZone: 'Europe/Berlin', reason: 'patches' };
  return { maintenance: [{ match: { name: '*' }, ...window, ...said }] };
}

describe('a silence or maintenance with a mistake is told by place and by what right looks like', () => {
  it.each<[string, object, string]>([
    [
      'no condition',
      silenced({ match: {} }),
      "config.ts: silences[0].match says nothing; say what it is about, or { name: '*' }",
    ],
    [
      'a service',
      silenced({ match: { service: 'lamda' } }),
      'silences[0].match.service is "lamda", which is no source. Did you mean "lambda"?',
    ],
    ...[
      '2026-04-01',
      '2026-04-01T00:00:00',
      'tomorrow',
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-04-01 00:00Z',
    ].map((until): [string, object, string] => [
      `the end ${until}`,
      silenced({ until }),
      `config.ts: silences[0].until is "${until}"; it must be: time with its zone, such as 2026-01-05T08:00:00Z`,
    ]),
    [
      'an end before the beginning',
      silenced({ from: '2026-04-01T02:00+02:00' }),
      'config.ts: silences[0] ends on 2026-04-01T00:00:00.000Z, not after it begins on 2026-04-01T00:00:00.000Z; set until',
    ],
    ['no end', { silences: [{ match: { name: 'a' }, reason: 'x' }] }, 'config.ts: silences[0].until is missing'],
    [
      'no reason',
      silenced({ reason: undefined }),
      'config.ts: silences[0].reason is missing; it must be: text that is not empty',
    ],
    [
      'a blank reason',
      silenced({ reason: '  ' }),
      'config.ts: silences[0].reason is "  "; it must be: text that is not empty',
    ],
    ['an empty reason', maintained({ reason: '' }), 'config.ts: maintenance[0].reason is ""; it must be: text'],
    ['no condition of maintenance', maintained({ match: {} }), 'config.ts: maintenance[0].match says nothing'],
    [
      'a day',
      maintained({ days: ['Sunday'] }),
      'maintenance[0].days[0] is "Sunday"; it must be one of monday, tuesday,',
    ],
    ['no day', maintained({ days: [] }), 'maintenance[0].days is []; it must be: list of monday, tuesday,'],
    ...['24:00', '8:00', '08:60'].map((from): [string, object, string] => [
      `the time ${from}`,
      maintained({ from }),
      `config.ts: maintenance[0].from is "${from}"; it must be: time of day from 00:00 to 23:59`,
    ]),
    ...['Europe/Frankfurt', '+02:00', ''].map((timeZone): [string, object, string] => [
      `the time zone "${timeZone}"`,
      maintained({ timeZone }),
      `config.ts: maintenance[0].timeZone is "${timeZone}"; it must be: time zone such as Europe/Berlin or UTC`,
    ]),
    [
      'an end of maintenance',
      maintained({ ends: '2026' }),
      'config.ts: maintenance[0].ends is "2026"; it must be: time with',
    ],
  ])('%s', (_, input, message) => {
    expect(() => read(input)).toThrow(message);
  });
});

describe('one that is over', () => {
  it.each<[string, object, string]>([
    [
      'a silence',
      silenced({ until: '2026-03-01T13:00+01:00' }),
      'silences[0] ended on 2026-03-01T12:00:00.000Z: take it out of config.ts.',
    ],
    [
      'maintenance',
      maintained({ ends: '2026-02-28T00:00:00Z' }),
      'maintenance[0] ended on 2026-02-28T00:00:00.000Z: take it out of config.ts.',
    ],
  ])('is said at synthesis: %s', (_, input, note) => {
    expect(read(input).notes).toEqual([note]);
  });

  it.each<[string, object]>([
    ['a silence that lasts', silenced({})],
    ['a silence that has not begun', silenced({ from: '2026-03-15T00:00:00Z' })],
    ['maintenance without an end', maintained({})],
    ['maintenance that goes on', maintained({ ends: '2026-03-01T12:00:00.001Z' })],
  ])('is not %s', (_, input) => {
    expect(read(input).notes).toEqual([]);
  });
});
