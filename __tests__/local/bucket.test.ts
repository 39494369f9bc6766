import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBucket } from '../../local/bucket';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function bucketWith(deployed: Record<string, string> = {}, hidden = 'none/') {
  const content = { deployed: new Map(Object.entries(deployed)), isHidden: (key: string) => key.startsWith(hidden) };
  return openBucket({ folder, wrote: () => {} }, content);
}

test('an object is written once, and changed by whoever knows its version only', () => {
  const bucket = bucketWith();

  const first = bucket.putIfAbsent('incident/a.json', 'one');
  const again = bucket.putIfAbsent('incident/a.json', 'other');
  const second = bucket.putIfMatch('incident/a.json', 'two', first ?? '');
  const late = bucket.putIfMatch('incident/a.json', 'three', first ?? '');

  expect([first, again, second, late]).toEqual([
    expect.stringMatching(/^"[0-9a-f]{32}"$/),
    null,
    expect.stringMatching(/^"[0-9a-f]{32}"$/),
    null,
  ]);
  expect(bucket.get('incident/a.json')).toEqual({ body: 'two', etag: second });
  expect(readFileSync(join(folder, 'incident/a.json'), 'utf8')).toEqual('two');
  expect(bucket.putIfMatch('incident/b.json', 'one', first ?? '')).toBeNull();
  expect(bucket.get('incident/b.json')).toBeNull();
});

test('what Terraform puts into the bucket is there, and nobody writes over it', () => {
  const bucket = bucketWith({ 'settings/1.json': '{}' });
  const etag = bucket.get('settings/1.json')?.etag ?? '';

  expect(bucket.putIfAbsent('settings/1.json', 'other')).toBeNull();
  expect(bucket.putIfMatch('settings/1.json', 'other', etag)).toBeNull();
  expect(bucket.get('settings/1.json')?.body).toEqual('{}');
});

test('a listing has a thousand keys at most, in the order of their bytes, from one key on', () => {
  const bucket = bucketWith();
  const names = Array.from({ length: 2_500 }, (_, at) => `incident/${String((at * 7) % 2_500).padStart(4, '0')}.json`);
  for (const key of [...names, 'incidents/x', 'monitor/state/x']) bucket.putIfAbsent(key, key);

  const pages = [bucket.list('incident/', null)];
  while (pages.at(-1)?.isTruncated) pages.push(bucket.list('incident/', pages.at(-1)?.objects.at(-1)?.key ?? null));

  expect(pages.map(({ objects }) => objects.length)).toEqual([1_000, 1_000, 500]);
  expect(pages.flatMap(({ objects }) => objects.map(({ key }) => key))).toEqual([...names].sort());
  expect(pages[0]?.objects[0]).toEqual({
    key: 'incident/0000.json',
    etag: bucket.get('incident/0000.json')?.etag,
  });
});

test.each([
  ['incident/b', ['incident/b', 'incident/b1', 'incident/b2']],
  ['incident/z', []],
  ['', ['incident/a', 'incident/b', 'incident/b1', 'incident/b2', 'settings/1.json', 'top', '\u{fffd}', '\u{10000}']],
  ['nothing/', []],
])('the keys below %j', (prefix, expected) => {
  const bucket = bucketWith({ 'settings/1.json': '{}' });
  for (const key of ['top', 'incident/b2', 'incident/a', 'incident/b', 'incident/b1', '\u{10000}', '\u{fffd}']) {
    bucket.putIfAbsent(key, key);
  }

  expect(bucket.list(prefix, null).objects.map(({ key }) => key)).toEqual(expected);
});

test('what nobody reads is an object like any other, but no file', () => {
  const bucket = bucketWith({}, 'cause/');

  const etag = bucket.putIfAbsent('cause/a.json', 'one');

  expect(bucket.putIfAbsent('cause/a.json', 'two')).toBeNull();
  expect(bucket.get('cause/a.json')).toEqual({ body: 'one', etag });
  expect(existsSync(join(folder, 'cause'))).toBe(false);
});

test.each(['', 'a//b', '../a', 'a/./b'])('the key %j, which is no path of a file, is refused', (key) => {
  expect(() => bucketWith().putIfAbsent(key, '')).toThrow(/is no path of a file/);
});
