import { type ConfigurationInput, readInstallation } from '../../../infra/config';

const here = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };
const own = {
  name: 'reports',
  title: 'Reports',
  pattern: { source: ['example.reports'], 'detail-type': ['Report'] },
  fields: { service_name: '$.detail.name', state: '$.detail.state' },
  states: { DONE: 'succeeded' },
} as const;

function read(input: unknown) {
  return readInstallation(input as ConfigurationInput, here);
}

function routed(route: object): object {
  return { routes: [{ match: { name: 'orders-*' }, ...route }] };
}

function matching(...matches: readonly object[]): object {
  return { routes: matches.map((match) => ({ match })) };
}

describe('a route with a mistake is told by place and by what right looks like', () => {
  it.each<[string, object, string]>([
    [
      'a service of another name',
      matching({ service: 'glue_jobs' }),
      'config.ts: routes[0].match.service is "glue_jobs", which is no source. Did you mean "glue_job"? There are appflow,',
    ],
    [
      'a glob that no service fits',
      matching({ service: ['glue_job', 'emr-*'] }),
      'config.ts: routes[0].match.service is "emr-*", which is no source. Did you mean "emr_',
    ],
    [
      'an own source of another name',
      { ...matching({ service: 'report' }), ownSources: [own] },
      'is "report", which is no source. Did you mean "reports"?',
    ],
    [
      'a service that is off',
      { ...matching({ service: 'glue_crawler' }), sources: { glue_crawler: false } },
      'config.ts: routes[0].match.service is "glue_crawler", but glue_crawler is off; switch it on by sources.glue_crawler',
    ],
    ['a service that is off unless asked for', matching({ service: 'athena_query' }), 'but athena_query is off'],
    [
      'a service whose place another takes',
      { ...matching({ service: 'glue_job' }), ownSources: [{ ...own, replaces: 'glue_job' }] },
      'but glue_job is off',
    ],
    ['no condition', matching({}), "config.ts: routes[0].match says nothing; say what it is about, or { name: '*' }"],
    ['no match', { routes: [{ channel: 'lake' }] }, 'config.ts: routes[0].match is missing; it must be: an object'],
    [
      'a condition that is none',
      matching({ names: 'orders' }),
      'config.ts: routes[0].match.names is not a key. Did you mean "name"? Keys here: service, name, account, region, errorType,',
    ],
    [
      'an empty name',
      matching({ name: '' }),
      'config.ts: routes[0].match.name is ""; it must be: name of a task or list',
    ],
    [
      'an empty list',
      matching({ name: [] }),
      'config.ts: routes[0].match.name is []; it must be: name of a task or list',
    ],
    [
      'an account',
      matching({ account: ['111122223333', '1234'] }),
      'config.ts: routes[0].match.account[1] is "1234"; routes[].match.account must be: twelve digits or list of them',
    ],
    ['a region', matching({ region: 'Frankfurt' }), 'routes[0].match.region is "Frankfurt"; it must be: region of AWS'],
    [
      'a channel',
      routed({ channel: '#lake' }),
      'config.ts: routes[0].channel is "#lake"; it must be: key of the secret: small letters, digits, _ and -',
    ],
    ...['@lake', 'U0123456', '<@U1|ann>', '<!everyone>', '<!subteam^lake>', '<!here> <!channel>'].map(
      (mention): [string, object, string] => [
        `the mention ${mention}`,
        routed({ mention }),
        `config.ts: routes[0].mention is "${mention}"; it must be: "<!subteam^S…>", "<@U…>", "<!here>", "<!channel>"`,
      ],
    ),
    ...['http://wiki.example.org', 'wiki', 'https://', 'https://a b', 'https://a.org/|x', 'javascript:alert(1)'].map(
      (runbook): [string, object, string] => [
        `the runbook ${runbook}`,
        routed({ runbook }),
        `config.ts: routes[0].runbook is "${runbook}"; it must be: https URL`,
      ],
    ),
    [
      'a severity',
      routed({ severity: 'high' }),
      'routes[0].severity is "high"; it must be: "critical", "error", "warning"',
    ],
    [
      'a word of alertOn',
      routed({ alertOn: ['fail'] }),
      'config.ts: routes[0].alertOn[0] is "fail"; it must be one of failed, timeout, delayed, overdue, stopped',
    ],
    ['a success', routed({ alertOn: ['succeeded'] }), 'it must be one of failed, timeout, delayed, overdue, stopped'],
    ...[-1, 10_081, 1.5, '60'].map((cooldownMinutes): [string, object, string] => [
      `the cooldown ${cooldownMinutes}`,
      routed({ cooldownMinutes }),
      'it must be: whole number of minutes from 0 to 10080',
    ]),
    [
      'the default route, too',
      { defaultRoute: { channel: 'Lake' } },
      'config.ts: defaultRoute.channel is "Lake"; it must be',
    ],
    ['a match of the default route', { defaultRoute: { match: {} } }, 'config.ts: defaultRoute.match is not a key.'],
  ])('%s', (_, input, message) => {
    expect(() => read(input)).toThrow(message);
  });
});

describe('a route that nothing reaches', () => {
  it.each<[string, readonly object[]]>([
    ['the same as one before', [{ name: 'orders' }, { name: 'orders' }]],
    ['narrower than one before', [{ name: 'orders-*' }, { name: 'orders-eu-*' }]],
    ['one of a list before', [{ service: ['glue_job', 'lambda'] }, { service: 'lambda', name: 'orders' }]],
    ['behind one for every name', [{ service: 'lambda', name: '*' }, { service: 'lambda' }]],
    ['behind a wider account', [{ account: '*' }, { errorType: 'OutOfMemory' }]],
  ])('is refused: %s', (_, matches) => {
    expect(() => read(matching(...matches))).toThrow(
      'config.ts: routes[1] is never reached: routes[0] takes all that it takes; put it before routes[0], or take it out',
    );
  });

  it.each<[string, readonly object[]]>([
    ['wider than one before', [{ name: 'orders-eu-*' }, { name: 'orders-*' }]],
    [
      'of another service',
      [
        { service: 'lambda', name: 'orders' },
        { service: 'glue_job', name: 'orders' },
      ],
    ],
    ['of some that one before takes', [{ name: ['a', 'b'] }, { name: ['b', 'c'] }]],
    ['behind one that needs an error type', [{ errorType: '*' }, { name: 'orders' }]],
    ['whose glob only looks like it', [{ name: 'a*b' }, { name: 'a*' }]],
  ])('is not one: %s', (_, matches) => {
    expect(() => read(matching(...matches))).not.toThrow();
  });

  it('is the default route behind one that takes everything', () => {
    expect(() => read(matching({ service: 'lambda' }, { name: '*' }))).toThrow(
      'config.ts: routes[1] takes everything; say it by defaultRoute',
    );
  });
});

describe('a route that is right', () => {
  it.each(['<!subteam^S0123ABCD>', '<@U0123ABCD>', '<@W0123ABCD>', '<!here>', '<!channel>'])('calls %s', (mention) => {
    expect(read(routed({ mention })).config.routes[0]?.mention).toBe(mention);
  });

  it.each(['https://wiki.example.org', 'https://wiki.example.org:8443/a?b=c#d', 'https://wiki.example.org/größe'])(
    'links %s',
    (runbook) => {
      expect(read(routed({ runbook })).config.routes[0]?.runbook).toBe(runbook);
    },
  );

  it('names sources of the own, globs, and Lambda, whose destinations tell of it even where its rule is off', () => {
    const input = {
      ...matching({ service: ['reports', 'emr_*', 'lambda'] }),
      ownSources: [own],
      sources: { lambda: false },
    };

    expect(() => read(input)).not.toThrow();
  });

  it('says one text or a list of them', () => {
    const { routes } = read(matching({ name: 'a' }, { name: ['b', 'c'] })).config;

    expect(routes.map(({ match }) => match)).toEqual([{ name: ['a'] }, { name: ['b', 'c'] }]);
  });
});
