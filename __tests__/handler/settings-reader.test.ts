import { createNotify, createPersist } from '../../handler/process';
import { createSettingsReader } from '../../handler/settings-reader';
import { batchOf, failing, glueEvent } from './process-events';
import { type Instead, worldWith } from './process-world';

const stopped = batchOf(glueEvent('run0', 'STOPPED'), glueEvent('run1', 'FAILED'));

/** The runs that Slack is told of under settings of this text. */
async function toldUnder(settings: string | null, instead: Instead = {}) {
  const { world, deeds } = worldWith(instead, settings);
  const response = await createNotify(world)(stopped);
  const told = deeds.posts.map(({ body }) => (body.includes('run0') ? 'stopped' : 'failed'));
  return { response, told, deeds };
}

test('settings that this version wrote decide what alerts', async () => {
  const { told } = await toldUnder('{"alertOn":["stopped"],"keepPayloads":false}');

  expect(told).toEqual(['stopped']);
});

test.each([
  ['a newer version, with keys of its own', '{"alertOn":["failed"],"routes":[{"channel":"x"}],"version":7}'],
  ['a newer version, with values of its own', '{"alertOn":["failed","evaporated"],"keepPayloads":"partly"}'],
  ['an older version, without our keys', '{}'],
])('settings of %s are read as far as they can be, without an alarm', async (_, settings) => {
  const { response, told, deeds } = await toldUnder(settings);

  expect(response).toEqual(failing());
  expect(told).toEqual(['failed']);
  expect(deeds.counts.get('SettingsUnreadable') ?? 0).toBe(0);
});

describe('settings that cannot be read', () => {
  const throwing: Instead = {
    objects: {
      get: () => Promise.reject(new Error('no')),
      putIfAbsent: async () => 'etag',
      putIfMatch: async () => 'etag',
      list: async () => ({ objects: [], isTruncated: false }),
    },
  };

  test.each([
    ['are missing', null, {}],
    ['are not JSON', '{"alertOn":', {}],
    ['are empty', '', {}],
    ['are null', 'null', {}],
    ['are a list', '[]', {}],
    ['are refused by S3', '{}', throwing],
  ])('because they %s: the defaults hold, a metric says so, nothing is lost', async (_, settings, instead) => {
    const { response, told, deeds } = await toldUnder(settings, instead);
    const rows = worldWith(instead, settings);
    const kept = await createPersist(rows.world)(stopped);

    expect([response, kept]).toEqual([failing(), failing()]);
    expect(told).toEqual(['failed']);
    expect(rows.deeds.rows).toHaveLength(2);
    expect(deeds.counts.get('SettingsUnreadable')).toBe(1);
    expect(deeds.lines.join()).toContain('settings object');
  });

  test('are asked for again by the next invocation, and kept once they are read', async () => {
    const answers = [null, '{"alertOn":["stopped"]}'];
    let asked = 0;
    const { world } = worldWith({
      objects: {
        get: async () => {
          const body = answers[asked++];
          return body ? { body, etag: 'etag' } : null;
        },
      },
    });
    const read = createSettingsReader(world);

    const settings = [await read(), await read(), await read()];

    expect(settings.map(({ alertOn }) => alertOn[0])).toEqual(['failed', 'stopped', 'stopped']);
    expect(asked).toBe(2);
  });
});
