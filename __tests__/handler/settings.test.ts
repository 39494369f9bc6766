import * as fc from 'fast-check';
import { defaultSettings, parseSettings } from '../../handler/settings';

describe('the settings', () => {
  it('alert on what has gone wrong, and keep no payloads, by default', () => {
    expect(defaultSettings).toEqual({
      alertOn: ['failed', 'timeout', 'delayed', 'overdue'],
      alertOnOf: {},
      ownSources: [],
      keepPayloads: false,
    });
    expect(parseSettings('{}')).toEqual(defaultSettings);
  });

  it('are what the object says', () => {
    expect(parseSettings('{"alertOn":["failed","stopped"],"keepPayloads":true}')).toEqual({
      ...defaultSettings,
      alertOn: ['failed', 'stopped'],
      keepPayloads: true,
    });
  });

  it('of a newer version are read as far as they are known', () => {
    expect(parseSettings('{"alertOn":["failed"],"routes":[{"channel":"#lake"}]}')).toEqual({
      ...defaultSettings,
      alertOn: ['failed'],
    });
  });

  it('keep the event types that are known when another version wrote one that is not', () => {
    expect(parseSettings('{"alertOn":["melted","stopped"]}')?.alertOn).toEqual(['stopped']);
    expect(parseSettings('{"alertOn":[]}')?.alertOn).toEqual([]);
  });

  it.each(['{"alertOn":"failed"}', '{"alertOn":["melted"]}', '{"keepPayloads":"yes","alertOn":null}'])(
    'fall back, value by value, where another version wrote what cannot be read: %s',
    (text) => {
      expect(parseSettings(text)).toEqual(defaultSettings);
    },
  );

  it('of a source that another version wrote are read as far as they are known', () => {
    const alertOnOf = { glue_job: ['melted'], lambda: ['melted', 'stopped'], ecs_task: [] };

    expect(parseSettings(JSON.stringify({ alertOnOf }))?.alertOnOf).toEqual({
      glue_job: null,
      lambda: ['stopped'],
      ecs_task: [],
    });
  });

  it('leave out a source of the user that cannot be read, and keep the others', () => {
    const sound = {
      name: 'pipeline',
      pattern: { source: ['a'] },
      fields: { service_name: ['detail', 'name'], state: ['detail', 0], others: {} },
      states: { DONE: 'succeeded' },
      replaces: null,
    };

    const settings = parseSettings(JSON.stringify({ ownSources: [{ name: 'odd' }, sound, 7] }));

    expect(settings?.ownSources).toEqual([sound]);
  });

  it.each(['', 'no JSON', 'null', '7', '"text"', '[]'])('are none when the object holds %j', (text) => {
    expect(parseSettings(text)).toBeNull();
  });

  it('never throw, whatever the object holds', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => parseSettings(text) !== undefined));
  });
});
