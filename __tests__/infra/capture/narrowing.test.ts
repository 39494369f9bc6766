import { compilePattern } from '../../../handler/event/match';
import type { Source } from '../../../handler/normalise/source';
import { sources } from '../../../handler/normalise/sources.generated';
import { type Globs, narrow } from '../../../infra/capture/narrowing';

const jobs: Source = {
  name: 'jobs',
  title: 'Jobs',
  pattern: {
    source: ['example.jobs'],
    $or: [
      { 'detail-type': ['Job'], detail: { state: [{ 'anything-but': ['QUEUED'] }] } },
      { 'detail-type': ['Delay'] },
    ],
  },
  filters: {
    names: { path: ['detail', 'name'] },
    clusters: { path: ['resources'], before: '*:cluster/', after: ':*' },
    groups: { path: ['resources'], before: '*:group/' },
  },
  normalise: () => ({ service_name: '', source_state: '', event_type: 'failed' }),
};

function event(name: string, { type = 'Job', state = 'FAILED', resource = 'arn:aws:x:::cluster/main:1' } = {}) {
  return { source: 'example.jobs', 'detail-type': type, resources: [resource], detail: { name, state } };
}

/** Which of the names a narrowed rule takes. */
function taken(names: readonly string[], globs: Globs): readonly string[] {
  const { pattern, problems } = narrow(jobs, { names: globs });
  expect(problems).toEqual([]);
  const matches = compilePattern(pattern);
  return names.filter((name) => matches(event(name)));
}

const names = ['orders-daily', 'orders-hourly', 'tmp-1', 'Orders-daily', 'a\\b', '*'];

describe('a source that is narrowed', () => {
  it.each<[Globs, readonly string[]]>([
    [{ include: ['orders-*'] }, ['orders-daily', 'orders-hourly']],
    [{ include: ['orders-daily', 'tmp-*'] }, ['orders-daily', 'tmp-1']],
    [{ include: ['*-daily'] }, ['orders-daily', 'Orders-daily']],
    [{ include: ['a\\b'] }, ['a\\b']],
    [{ include: ['a\\*'] }, ['a\\b']],
    [{ include: ['*'] }, names],
    [{ exclude: ['orders-daily'] }, ['orders-hourly', 'tmp-1', 'Orders-daily', 'a\\b', '*']],
    [{ exclude: ['tmp-*', '*rders-*'] }, ['a\\b', '*']],
    [{ include: ['orders-*'], exclude: ['tmp-*'] }, ['orders-daily', 'orders-hourly']],
    [{ include: ['orders-daily', 'orders-hourly'], exclude: ['*-daily'] }, ['orders-hourly']],
    [{}, names],
  ])('takes of the names what %j says', (globs, expected) => {
    expect(taken(names, globs)).toEqual(expected);
  });

  it('still leaves out what its own pattern leaves out, in each of its alternatives', () => {
    const matches = compilePattern(narrow(jobs, { names: { include: ['orders-*'] } }).pattern);

    expect(matches(event('orders-daily', { state: 'QUEUED' }))).toBe(false);
    expect(matches(event('orders-daily', { type: 'Delay', state: 'QUEUED' }))).toBe(true);
    expect(matches(event('tmp-1', { type: 'Delay' }))).toBe(false);
    expect(matches(event('orders-daily', { type: 'Other' }))).toBe(false);
  });

  it('takes what meets all of its filters, and finds a name inside an ARN', () => {
    const words = { names: { exclude: ['tmp-*'] }, clusters: { include: ['main', 'night-*'] } };
    const matches = compilePattern(narrow(jobs, words).pattern);

    expect(matches(event('orders'))).toBe(true);
    expect(matches(event('orders', { resource: 'arn:aws:x:::cluster/night-2:7' }))).toBe(true);
    expect(matches(event('tmp-1'))).toBe(false);
    expect(matches(event('orders', { resource: 'arn:aws:x:::cluster/mainly:1' }))).toBe(false);
  });

  it.each(['tmp', 'tmp-*'])('takes what lacks the field by which it excludes %s: it bears no such name', (glob) => {
    const matches = compilePattern(narrow(jobs, { names: { exclude: [glob] }, clusters: { exclude: [glob] } }).pattern);
    const nameless = { source: 'example.jobs', 'detail-type': 'Job', detail: { state: 'FAILED' } };

    expect(matches(nameless)).toBe(true);
    expect(matches({ ...nameless, resources: [] })).toBe(true);
    expect(matches({ ...nameless, resources: ['arn:aws:x:::cluster/tmp-1:1'] })).toBe(glob === 'tmp');
    expect(matches({ ...nameless, detail: { state: 'QUEUED' } })).toBe(false);
  });

  it('takes what either of two filters includes that look at one field', () => {
    const words = { clusters: { include: ['main'] }, groups: { include: ['a'] } };
    const matches = compilePattern(narrow(jobs, words).pattern);

    const of = ['cluster/main:1', 'group/a', 'group/b', 'cluster/other:1'];

    expect(of.filter((it) => matches(event('x', { resource: `arn:aws:x:::${it}` })))).toEqual(of.slice(0, 2));
  });
});

describe('what a rule of EventBridge cannot say', () => {
  it('is told: to include and to exclude what one name can be', () => {
    const { problems } = narrow(jobs, { names: { include: ['orders-*', 'x'], exclude: ['*-tmp', 'y'] } });

    expect(problems).toEqual([
      'names.include "orders-*" and names.exclude "*-tmp" can both be met by one text, and a rule of EventBridge ' +
        'cannot demand the one without the other; include narrower globs, or exclude only',
    ]);
  });

  it('is told: to include nothing but what is excluded', () => {
    const { problems } = narrow(jobs, { names: { include: ['orders'], exclude: ['orders'] } });

    expect(problems).toEqual(['of what is included nothing is left; switch the source off instead']);
  });
});

describe.each(sources.flatMap((source) => Object.keys(source.filters ?? {}).map((word) => ({ source, word }))))(
  'the filter $word of $source.name',
  ({ source, word }) => {
    it.each<Globs>([{ include: ['orders', 'x-*'] }, { exclude: ['orders'] }, { exclude: ['x-*'] }])(
      'makes a pattern that EventBridge takes, of %j',
      (globs) => {
        const { pattern, problems } = narrow(source, { [word]: globs });

        expect(problems).toEqual([]);
        expect(() => compilePattern(pattern)).not.toThrow();
        expect(pattern).not.toEqual(source.pattern);
      },
    );

    it('looks at a field that the pattern leaves alone, so that it takes nothing more', () => {
      const path = source.filters?.[word]?.path ?? [];

      const text = JSON.stringify([source.pattern, ...(source.pattern.$or ?? [])].map((it) => at(it, path)));

      expect(text).toBe(JSON.stringify([source.pattern, ...(source.pattern.$or ?? [])].map(() => null)));
    });
  },
);

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((it, key) => (it as Record<string, unknown> | null)?.[key] ?? null, value);
}
