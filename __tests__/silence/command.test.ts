import { createNotify } from '../../handler/process';
import { parseSilence } from '../../handler/settings';
import { silence } from '../../silence/command';
import type { SilencePorts } from '../../silence/ports';
import { readRequest } from '../../silence/request';
import { worldWith } from '../handler/process-world';

const now = new Date('2026-01-05T02:00:00.000Z');
const capture = { sources: {}, ownSources: [] };
const why = ['--reason', 'storage is moved'];

function bucketWith(objects: Map<string, string>): SilencePorts {
  return {
    async *keys(prefix) {
      for (const key of [...objects.keys()].sort()) if (key.startsWith(prefix)) yield key;
    },
    read: async (key) => objects.get(key) ?? '',
    write: async (key, body) => void objects.set(key, body),
    erase: async (key) => void objects.delete(key),
  };
}

async function run(words: readonly string[], objects = new Map<string, string>(), at = now) {
  const lines: string[] = [];
  const request = readRequest(words, at, capture);
  const surroundings = {
    ports: bucketWith(objects),
    now: at,
    timeZone: 'Europe/Berlin',
    print: (line: string) => void lines.push(line),
  };
  const refused = 'problems' in request ? request : await silence(request, surroundings);
  return { problems: refused?.problems ?? [], lines, objects };
}

describe('a silence put in by hand', () => {
  it('is one object that the function can read, named by its end', async () => {
    const { objects } = await run(['--name', 'orders-*', '--service', 'glue_job', '--for', '2h', ...why]);

    const [[key, body] = ['', '']] = objects;
    expect(objects.size).toBe(1);
    expect(key).toMatch(/^silence\/20260105T0400Z-[0-9a-f]{6}\.json$/);
    expect(parseSilence(body)).toEqual({
      match: { name: ['orders-*'], service: ['glue_job'] },
      from: '2026-01-05T02:00:00.000Z',
      until: '2026-01-05T04:00:00.000Z',
      reason: 'storage is moved',
    });
  });

  it('says what it silences, and until when on both clocks', async () => {
    const { lines } = await run(['--name', 'a', '--name', 'b', '--until', '2026-01-05T09:00+01:00', ...why]);

    expect(lines).toContain('Silenced: name a or b');
    expect(lines).toContain('Until     2026-01-05 08:00 UTC (5 Jan 2026, 09:00, Europe/Berlin)');
    expect(lines).toContain('Reason    storage is moved');
  });

  it('keeps failures back that it is about, until it is ended', async () => {
    const { world, deeds } = worldWith();
    const notify = createNotify(world);
    const at = new Date('2026-01-05T09:00:00.000Z');
    const failure = (run: string) => ({
      id: run,
      source: 'aws.glue',
      account: '111122223333',
      region: 'eu-west-1',
      time: '2026-01-05T09:59:58Z',
      'detail-type': 'Glue Job State Change',
      detail: { jobName: `orders-${run}`, jobRunId: run, state: 'TIMEOUT', message: 'Timed out' },
    });

    await run(['--name', 'orders-*', '--for', '2h', ...why], deeds.objects, at);
    await notify(failure('first'));
    const silenced = deeds.posts.length;
    const [id = ''] = [...deeds.objects.keys()].filter((key) => key.startsWith('silence/'));
    await run(['end', id], deeds.objects, at);
    await notify(failure('second'));

    expect(silenced).toBe(0);
    expect(deeds.posts).toHaveLength(1);
    expect([...deeds.objects.values()].some((body) => body.includes('storage is moved'))).toBe(true);
  });

  it('is listed while it lasts, with its end and reason', async () => {
    const { objects } = await run(['--name', 'orders-*', '--for', '2h', ...why]);
    await run(['--all', '--for', '30m', '--reason', 'fire drill'], objects);
    objects.set('silence/odd.json', 'hello');

    const { lines } = await run(['list'], objects, new Date('2026-01-05T03:00:00Z'));

    const id = [...objects.keys()][0]?.slice('silence/'.length, -'.json'.length);
    expect(lines.slice(0, 4)).toEqual([
      `${id}: name orders-*`,
      '  until 2026-01-05 04:00 UTC (5 Jan 2026, 05:00, Europe/Berlin): storage is moved',
      'odd: not readable, so it silences nothing',
      '1 more has ended.',
    ]);
  });

  it('can be ended once; another id is told, with those that there are', async () => {
    const { objects } = await run(['--name', 'orders-*', '--for', '2h', ...why]);
    const [id = ''] = [...objects.keys()].map((key) => key.slice('silence/'.length, -'.json'.length));

    const unknown = await run(['end', 'x'], objects);
    const ended = await run(['end', id], objects);
    const again = await run(['end', id], objects);

    expect(unknown.problems).toEqual([`there is no silence x; there are ${id}`]);
    expect(ended).toMatchObject({ problems: [], objects: new Map() });
    expect(again.problems).toEqual([`there is no silence ${id}; there is none`]);
  });
});

describe('a silence is refused', () => {
  it.each([
    ['that is about nothing', ['--for', '2h', ...why], 'this would silence everything'],
    ['of every name', ['--name', '*', '--for', '2h', ...why], 'this would silence everything'],
    [
      'of everything but for one service',
      ['--all', '--service', 'lambda', '--for', '2h', ...why],
      '--all silences everything',
    ],
    ['without a reason', ['--name', 'a', '--for', '2h'], '--reason is missing'],
    ['with an empty reason', ['--name', 'a', '--for', '2h', '--reason', ' '], '--reason is missing'],
    ['without an end', ['--name', 'a', ...why], 'a silence needs an end'],
    ['with two ends', ['--name', 'a', '--for', '1h', '--until', '2026-01-05T03:00Z', ...why], 'a silence needs an end'],
    ['of more than a week', ['--name', 'a', '--for', '7d1m', ...why], '7 days at most'],
    ['until far away', ['--name', 'a', '--until', '2026-01-12T02:01Z', ...why], '7 days at most'],
    ['that has ended', ['--name', 'a', '--until', '2026-01-05T01:59Z', ...why], 'is not in the future'],
    ['of no time', ['--name', 'a', '--for', '0h', ...why], 'is not in the future'],
    ['of two somethings', ['--name', 'a', '--for', '2', ...why], '--for is "2"; it must be a time such as 30m'],
    ['until a time without zone', ['--name', 'a', '--until', '2026-01-05T03:00', ...why], 'such as 2026-01-05T04:00Z'],
    ['until the 30th of February', ['--name', 'a', '--until', '2026-02-30T03:00Z', ...why], '--until is "2026-02-30'],
    ['of an unknown service', ['--service', 'glue_jobs', '--for', '2h', ...why], 'Did you mean "glue_job"?'],
    [
      'of an account that is none',
      ['--account', '1234', '--for', '2h', ...why],
      '--account is "1234"; it must be twelve',
    ],
    ['of a region that is none', ['--region', 'Ireland', '--for', '2h', ...why], '--region is "Ireland"'],
    ['of a name that a shell took apart', ['--name', 'a', 'b', '--for', '2h', ...why], '"b" belongs to no option'],
    ['by an option that is none', ['--names', 'a', '--for', '2h', ...why], "Unknown option '--names'"],
    ['that should end, without saying which', ['end'], 'end takes one ID'],
  ])('%s', async (_, words, problem) => {
    const { problems, objects } = await run(words);

    expect(problems.join('\n')).toContain(problem);
    expect(objects.size).toBe(0);
  });

  it('with all that is wrong at once', async () => {
    const { problems } = await run(['--service', 'glue_jobs', '--for', 'ever']);

    expect(problems).toHaveLength(3);
  });
});

test('a silence of exactly a week, or of all, is taken', async () => {
  const week = await run(['--account', '111122223333', '--region', 'eu-*', '--for', '7d', ...why]);
  const all = await run(['--all', '--for', '1h30m', ...why]);

  expect(week).toMatchObject({ problems: [] });
  expect(all.lines).toContain('Silenced: everything');
  expect(parseSilence([...all.objects.values()][0] ?? '')).toMatchObject({
    match: {},
    until: '2026-01-05T03:30:00.000Z',
  });
});
