import type { Log } from '../../handler/log';
import { parseArguments, type Request, replay } from '../../replay/command';
import { type Instead, names, portsInto, worldOf } from './world';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

const days = { from: '2025-02-23', to: '2025-03-10' };

async function told(said: Omit<Request, 'days'>, instead: Instead = {}) {
  const world = worldOf(
    { [names.deadLetterQueues['persist-dead-letters']]: ['a', 'b'] },
    { 'quarantine/dt=2025-03-09/m1-0.json': '{"text":"hello"}' },
  );
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const request = { ...said, days };
  const clean = await replay(request, { names, ports: portsInto(world, null, instead).ports, log: silent, print });
  return { clean, lines, world };
}

describe('the command line', () => {
  it.each([
    [['quarantine'], { place: 'quarantine', dryRun: false, days }],
    [['--dry-run', 'dead-letters'], { place: 'dead-letters', dryRun: true, days }],
    [['conversion-errors', '--dry-run'], { place: 'conversion-errors', dryRun: true, days }],
    [['alerts'], { place: 'alerts', dryRun: false, days }],
    [
      ['alerts', '--from', '2025-01-31', '--dry-run'],
      { place: 'alerts', dryRun: true, days: { ...days, from: '2025-01-31' } },
    ],
    [['alerts', '--to=2025-03-01'], { place: 'alerts', dryRun: false, days: { ...days, to: '2025-03-01' } }],
  ])('%j', (words, request) => {
    expect(parseArguments(words, new Date('2025-03-09T23:59:59Z'))).toEqual(request);
  });

  it.each([
    [['alerts', '--from', '2025-02-30'], '--from is "2025-02-30"; it must be a day, as in 2026-01-31.'],
    [['alerts', '--to', 'yesterday'], '--to is "yesterday"; it must be a day, as in 2026-01-31.'],
    [['alerts', '--from', '2025-03-02', '--to', '2025-03-01'], '--from 2025-03-02 is after --to 2025-03-01.'],
    [['quarantine', '--from', '2025-03-01'], '--from and --to are for alerts; all of quarantine is replayed.'],
    [['alert'], 'Say one of dead-letters, quarantine, conversion-errors, alerts, not "alert".'],
    [['quarantine', 'dead-letters'], 'not "quarantine dead-letters".'],
    [['quarantine', '--dryrun'], "Unknown option '--dryrun'"],
  ])('says what is wrong with %j', (words, problem) => {
    expect(parseArguments(words, new Date('2025-03-09T23:59:59Z'))).toEqual({
      problem: expect.stringContaining(problem),
    });
  });
});

describe('the replay', () => {
  it('tells per queue how many messages went back', async () => {
    const { clean, lines } = await told({ place: 'dead-letters', dryRun: false });

    expect(clean).toBe(true);
    expect(lines).toContain('datalake-monitoring-persist-dead-letters: 2 replayed, 0 kept');
    expect(lines).toHaveLength(5);
  });

  it('tells why something was kept, and does not end well', async () => {
    const { clean, lines } = await told(
      { place: 'quarantine', dryRun: false },
      { publish: () => Promise.reject(new Error('AccessDenied')) },
    );

    expect(clean).toBe(false);
    expect(lines).toEqual(['quarantine/: 0 replayed, 1 kept', '  1 × Error: AccessDenied']);
  });

  it.each([
    ['dead-letters', 'datalake-monitoring-persist-dead-letters: 2 to replay'],
    ['quarantine', 'quarantine/: 1 to replay'],
    ['conversion-errors', 'firehose-errors/format-conversion-failed: 0 to replay'],
    ['alerts', 'monitor/notification/: 0 to replay'],
  ] as const)('only counts %s in a dry run', async (place, line) => {
    const { lines, world } = await told({ place, dryRun: true });

    expect(lines).toContain(line);
    expect(world.published).toEqual([]);
    expect(world.objects.size).toBe(1);
  });
});
