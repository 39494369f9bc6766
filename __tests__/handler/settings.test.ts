import * as fc from 'fast-check';
import { defaultSettings, parseSettings } from '../../handler/settings';

describe('the settings', () => {
  it('alert on what has gone wrong, and keep no payloads, by default', () => {
    expect(defaultSettings).toEqual({
      alertOn: ['failed', 'timeout', 'delayed', 'overdue'],
      alertOnOf: {},
      ownSources: [],
      routes: [
        {
          name: 'default',
          match: {},
          channel: 'slack_webhook',
          mention: null,
          runbook: null,
          severity: 'error',
          alertOn: null,
          cooldownSeconds: 3_600,
        },
      ],
      silences: [],
      maintenance: [],
      redactionPatterns: [],
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
    expect(parseSettings('{"alertOn":["failed"],"digests":[{"channel":"#lake"}]}')).toEqual({
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

  it('leave out a route that cannot be read, and always have one that takes what is left and says so', () => {
    const last = defaultSettings.routes.at(-1);
    const sound = { ...last, name: 'routes[1]', match: { name: ['orders'] }, channel: 'orders' };
    const broken = [{ name: 'routes[0]', match: { colour: ['red'] }, channel: 'x' }, { name: 'routes[2]' }, null];

    const saying = { ...last, note: expect.stringContaining('cannot be read') };
    expect(parseSettings(JSON.stringify({ routes: [...broken, sound] }))?.routes).toEqual([sound, saying]);
    expect(parseSettings(JSON.stringify({ routes: [...broken, last] }))?.routes).toEqual([saying]);
    expect(parseSettings(JSON.stringify({ routes: [] }))?.routes).toEqual([last]);
    expect(parseSettings(JSON.stringify({ routes: 'all' }))?.routes).toEqual([saying]);
  });

  it.each(['long', -1, 1e300])(
    'read what is wrong in a route as what the default route says: %j',
    (cooldownSeconds) => {
      const odd = { mention: 7, runbook: {}, severity: 'high', alertOn: ['melted'], cooldownSeconds };
      const route = { name: 'routes[0]', match: {}, channel: 'lake', ...odd };

      expect(parseSettings(JSON.stringify({ routes: [route] }))?.routes[0]).toEqual({
        ...defaultSettings.routes.at(-1),
        name: 'routes[0]',
        channel: 'lake',
      });
    },
  );

  it('keep nothing back for a silence or maintenance that cannot be read', () => {
    const silence = { match: {}, from: null, until: '2026-03-01T00:00:00.000Z', reason: 'x' };
    const clock = { from: '22:00', until: '02:00', timeZone: 'Europe/Berlin' };
    const window = { match: {}, days: ['sunday'], ...clock, ends: null, reason: 'x' };
    const silences = [{ ...silence, match: { colour: ['red'] } }, { ...silence, until: 7 }, silence];
    const maintenance = [
      { ...window, timeZone: 'Mars/Olympus' },
      { ...window, timeZone: '+02:00' },
      { ...window, from: '' },
      { ...window, until: 'late' },
      { ...window, days: ['someday'] },
      window,
    ];

    const settings = parseSettings(JSON.stringify({ silences, maintenance }));

    expect(settings?.silences).toEqual([silence]);
    expect(settings?.maintenance).toEqual([window]);
  });

  it.each(['', 'no JSON', 'null', '7', '"text"', '[]'])('are none when the object holds %j', (text) => {
    expect(parseSettings(text)).toBeNull();
  });

  it('never throw, whatever the object holds', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => parseSettings(text) !== undefined));
  });
});
