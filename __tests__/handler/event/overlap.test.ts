import { canOverlap } from '../../../handler/event/overlap';

const glue = { source: ['aws.glue'], 'detail-type': ['Job'], detail: { state: [{ 'anything-but': ['STARTING'] }] } };

test.each([
  ['the same', glue, glue, true],
  ['another source', glue, { ...glue, source: ['aws.ecs'] }, false],
  ['another detail-type', glue, { ...glue, 'detail-type': ['Crawler'] }, false],
  ['one state that the other excludes', glue, { ...glue, detail: { state: ['STARTING'] } }, false],
  ['one state that it takes', glue, { ...glue, detail: { state: ['FAILED'] } }, true],
  ['two exclusions', glue, { ...glue, detail: { state: [{ 'anything-but': ['FAILED'] }] } }, true],
  ['another field', glue, { ...glue, detail: { name: ['orders'] } }, true],
  ['no source at all', glue, { detail: { state: ['FAILED'] } }, true],
  ['a prefix that fits', glue, { source: [{ prefix: 'aws.' }] }, true],
  ['a prefix that does not', glue, { source: [{ prefix: 'my.' }] }, false],
  ['everybody but AWS', glue, { source: [{ 'anything-but': { prefix: 'aws.' } }] }, false],
  ['a beginning and an end', { source: [{ prefix: 'a' }] }, { source: [{ suffix: 'b' }] }, true],
  ['two wildcards', { source: [{ wildcard: 'a*' }] }, { source: [{ wildcard: '*b' }] }, true],
  ['two wildcards apart', { source: [{ wildcard: 'a*' }] }, { source: [{ wildcard: 'b*' }] }, false],
  [
    'a beginning, and names that are excluded',
    { a: [{ prefix: 'a' }] },
    { a: [{ 'anything-but': ['a', 'aa'] }] },
    true,
  ],
  ['an end, and names that are excluded', { a: [{ suffix: 'a' }] }, { a: [{ 'anything-but': ['a', 'aa'] }] }, true],
  [
    'a wildcard, and names that are excluded',
    { a: [{ wildcard: 'a*' }] },
    { a: [{ 'anything-but': ['a', 'ax'] }] },
    true,
  ],
  [
    'a beginning, and the same excluded',
    { a: [{ prefix: 'ab' }] },
    { a: [{ 'anything-but': { prefix: 'a' } }] },
    false,
  ],
  ['an alternative that fits', glue, { $or: [{ source: ['x'] }, { source: ['aws.glue'] }] }, true],
  ['alternatives that do not', glue, { $or: [{ source: ['x'] }, { source: ['y'] }] }, false],
  ['a field that must be missing', glue, { ...glue, detail: { state: [{ exists: false }] } }, false],
  [
    'a field that may be missing in both',
    { detail: { a: [{ exists: false }, 'x'] } },
    { detail: { a: [{ exists: false }, 'y'] } },
    true,
  ],
])('%s: whether an event can meet both', (_, one, other, can) => {
  expect([canOverlap(one, other), canOverlap(other, one)]).toEqual([can, can]);
});

test('four hundred names on either side are compared without trying all their combinations', () => {
  const names = (prefix: string) => Array.from({ length: 400 }, (_, at) => `${prefix}-${at}`);
  const of = (prefix: string) => ({ ...glue, detail: { jobName: names(prefix), kind: names(`kind of ${prefix}`) } });
  const started = performance.now();

  const answers = [canOverlap(of('orders'), of('customers')), canOverlap(of('orders'), of('orders'))];

  expect(answers).toEqual([false, true]);
  expect(performance.now() - started).toBeLessThan(15_000);
});
