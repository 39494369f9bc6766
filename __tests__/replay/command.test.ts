import type { Log } from '../../handler/log';
import { parseArguments, type Request, replay } from '../../replay/command';
import { type Instead, names, portsInto, worldOf } from './world';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

async function told(request: Request, instead: Instead = {}) {
  const world = worldOf(
    { [names.deadLetterQueues['persist-dead-letters']]: ['a', 'b'] },
    { 'quarantine/dt=2025-03-09/m1-0.json': '{"text":"hello"}' },
  );
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const clean = await replay(request, { names, ports: portsInto(world, null, instead).ports, log: silent, print });
  return { clean, lines, world };
}

describe('the command line', () => {
  it.each([
    [['quarantine'], { place: 'quarantine', dryRun: false }],
    [['--dry-run', 'dead-letters'], { place: 'dead-letters', dryRun: true }],
    [['conversion-errors', '--dry-run'], { place: 'conversion-errors', dryRun: true }],
    [[], null],
    [['everything'], null],
    [['quarantine', 'dead-letters'], null],
    [['quarantine', '--dryrun'], null],
  ])('%j', (words, request) => {
    expect(parseArguments(words)).toEqual(request);
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
  ] as const)('only counts %s in a dry run', async (place, line) => {
    const { lines, world } = await told({ place, dryRun: true });

    expect(lines).toContain(line);
    expect(world.published).toEqual([]);
    expect(world.objects.size).toBe(1);
  });
});
