import { defaultSettings, parseSettings } from '../../../handler/settings';
import { settingsOf } from '../../../infra/alert/settings';
import { type ConfigurationInput, readInstallation } from '../../../infra/config';
import { everything } from '../installations';

const here = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };

function settingsFor(input: ConfigurationInput) {
  return settingsOf(readInstallation(input, here).config);
}

describe('the settings of a configuration', () => {
  it('are the defaults where it says nothing', () => {
    expect(settingsFor({})).toEqual(defaultSettings);
  });

  it.each<[string, ConfigurationInput]>([
    ['that says nothing', {}],
    ['that says everything', everything],
  ])('are read by the functions as they were written, of one %s', (_, input) => {
    const settings = settingsFor(input);

    expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
  });

  it('lose nothing of what it says', () => {
    const { routes, silences, maintenance, redactionPatterns } = settingsFor(everything);

    expect(routes.map(({ name, channel }) => `${name} ${channel}`)).toEqual([
      'routes[0] orders',
      'routes[1] lake',
      'default lake',
    ]);
    expect(routes[0]).toEqual({
      name: 'routes[0]',
      match: {
        service: ['glue_job', 'lambda'],
        name: ['orders-*'],
        account: ['111122223333'],
        region: ['eu-*'],
        errorType: ['*Timeout*'],
      },
      channel: 'orders',
      mention: '<!subteam^S0ORDERS>',
      runbook: 'https://wiki.example.org/orders',
      severity: 'critical',
      alertOn: ['failed', 'timeout', 'stopped'],
      cooldownSeconds: 0,
    });
    expect(silences).toEqual([
      {
        match: { name: ['sandbox-*'] },
        from: '2025-12-31T23:00:00.000Z',
        until: '2099-01-01T00:00:00.000Z',
        reason: 'trials',
      },
    ]);
    expect(maintenance).toEqual([
      {
        match: { name: ['*'] },
        days: ['sunday'],
        from: '22:00',
        until: '02:00',
        timeZone: 'Europe/Berlin',
        ends: '2099-01-01T00:00:00.000Z',
        reason: 'the database is patched',
      },
    ]);
    expect(redactionPatterns).toEqual(['CUST-\\d{8}']);
  });
});

describe('a route', () => {
  const defaultRoute = {
    channel: 'lake',
    mention: '<!here>',
    runbook: 'https://wiki.example.org/lake',
    severity: 'warning',
    alertOn: ['failed'],
    cooldownMinutes: 30,
  } satisfies ConfigurationInput['defaultRoute'];

  it('takes what it leaves out from the default route, which is the last', () => {
    const { routes } = settingsFor({ routes: [{ match: { name: 'orders' } }], defaultRoute });

    const { cooldownMinutes, ...others } = defaultRoute;
    const last = { name: 'default', match: {}, ...others, cooldownSeconds: cooldownMinutes * 60 };
    expect(routes).toEqual([{ ...last, name: 'routes[0]', match: { name: ['orders'] } }, last]);
  });

  it('takes it from us where the default route leaves it out, too', () => {
    const { routes } = settingsFor({ routes: [{ match: { name: 'orders' }, channel: 'orders' }] });

    expect(routes[0]).toEqual({
      name: 'routes[0]',
      match: { name: ['orders'] },
      channel: 'orders',
      mention: null,
      runbook: null,
      severity: 'error',
      alertOn: null,
      cooldownSeconds: 3_600,
    });
  });

  it('calls nobody and links nothing where it says null', () => {
    const { routes } = settingsFor({
      routes: [{ match: { name: 'orders' }, mention: null, runbook: null }],
      defaultRoute,
    });

    expect(routes[0]).toMatchObject({ mention: null, runbook: null, channel: 'lake' });
  });
});
