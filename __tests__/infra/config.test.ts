import config from '../../config';
import { sources } from '../../handler/normalise/sources.generated';
import {
  ConfigurationError,
  type ConfigurationInput,
  configurationKeys,
  defineConfig,
  readInstallation,
} from '../../infra/config';

const here = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };

describe('a configuration that says nothing', () => {
  it('is a default installation', () => {
    const { config: filled, names, partition } = readInstallation({}, here);

    expect(filled).toEqual({
      name: 'datalake-monitoring',
      sources: Object.fromEntries(sources.map((source) => [source.name, source.onRequest !== true])),
      ownSources: [],
      lambdaDestinations: [],
      encryption: 'aws',
      alertOn: ['failed', 'timeout', 'delayed', 'overdue'],
      routes: [],
      defaultRoute: {},
      silences: [],
      maintenance: [],
      redaction: { patterns: [] },
      keepPayloads: false,
      alarms: 'none',
      silenceAlarmHours: 24,
      retention: { rows: 1095, quarantine: 90, firehoseErrors: 90, athenaResults: 30, logs: 90 },
      onDestroy: 'keep',
      tags: {},
      rolePath: '/',
    });
    expect(names.bucket).toBe('111122223333-eu-central-1-monitor');
    expect(partition).toBe('aws');
  });

  it('says that nobody hears of alarms', () => {
    expect(readInstallation({}, here).notes).toEqual([expect.stringContaining('alarms is "none"')]);
    expect(readInstallation({ alarms: ['lake@example.org'] }, here).notes).toEqual([]);
  });
});

describe('the config.ts of this project', () => {
  it('is accepted', () => {
    expect(() => readInstallation(config, here)).not.toThrow();
  });
});

describe('a configuration that differs by place', () => {
  const byPlace = defineConfig(({ account, region }) => ({
    alarms: account === '111122223333' ? ['lake@example.org'] : 'none',
    tags: { region },
  }));

  it('is made of the account and the region', () => {
    const production = readInstallation(byPlace, here).config;
    const test = readInstallation(byPlace, { ...here, ACCOUNT: '999999999999' }).config;

    expect(production).toMatchObject({ alarms: ['lake@example.org'], tags: { region: 'eu-central-1' } });
    expect(test.alarms).toBe('none');
  });

  it('is not asked before both are known', () => {
    const never = () => {
      throw new Error('asked');
    };

    expect(() => readInstallation(never, { REGION: 'eu-central-1' })).toThrow(
      'ACCOUNT is not set; set it to the twelve digits of the AWS account, for example ACCOUNT=123456789012',
    );
  });

  it('is checked like any other', () => {
    expect(() => readInstallation(() => ({ alarms: [] }), here)).toThrow('config.ts: alarms is []; it must be:');
  });
});

describe('tags', () => {
  it.each([
    { 'Cost Centre': 'A-1_2.3:4/5=6+7@8' },
    { straße: 'Köln 東京', empty: '' },
    { ['k'.repeat(128)]: 'v'.repeat(256) },
  ])('may be written as AWS allows: %j', (tags) => {
    expect(readInstallation({ tags }, here).config.tags).toEqual(tags);
  });
});

describe('readers', () => {
  it.each([
    'arn:aws:iam::111122223333:role/service-role/analyst',
    'arn:aws:iam::111122223333:user/ann',
    'arn:aws:iam::111122223333:saml-provider/okta:group/analysts',
    'arn:aws:quicksight:eu-central-1:111122223333:group/default/analysts',
    'arn:aws:identitystore:::group/9067-a1',
  ])('may be a principal of the account: %s', (reader) => {
    expect(readInstallation({ lakeFormation: { readers: [reader] } }, here).config.lakeFormation).toEqual({
      readers: [reader],
    });
  });
});

describe('a configuration with a mistake', () => {
  it.each<[string, unknown, string]>([
    ['a key of the top', { alarm: 'none' }, 'config.ts: alarm is not a key. Did you mean "alarms"?'],
    ['the beginning of a key', { defaultRoute: { cooldown: 5 } }, 'Did you mean "cooldownMinutes"?'],
    [
      'a webhook where a channel should be',
      { defaultRoute: { channel: 'https://hooks.slack.com/services/T0/B0/x' } },
      'config.ts: defaultRoute.channel is "https://hooks.slack.com/…"; it must be',
    ],
    ['a nested key', { retention: { row: 3 } }, 'config.ts: retention.row is not a key. Did you mean "rows"?'],
    [
      'a source',
      { sources: { glue_jobs: false } },
      'config.ts: sources.glue_jobs is not a key. Did you mean "glue_job"?',
    ],
    [
      'a filter',
      { sources: { glue_job: { name: { include: ['orders'] } } } },
      'config.ts: sources.glue_job.name is not a key. Did you mean "names"? Keys here: names, alertOn',
    ],
    [
      'a word of a filter',
      { sources: { glue_job: { names: { only: ['orders'] } } } },
      'config.ts: sources.glue_job.names.only is not a key. Did you mean "include"? Keys here: include, exclude',
    ],
    [
      'a glob',
      { sources: { glue_job: { names: { include: 'orders' } } } },
      'config.ts: sources.glue_job.names.include is "orders"; sources.glue_job must be: true, false or { names: { incl',
    ],
    [
      'nothing to include',
      { sources: { glue_job: { names: { include: [] } } } },
      'config.ts: sources.glue_job.names.include is []; sources.glue_job must be: true, false or { names',
    ],
    [
      'what a source tells',
      { sources: { glue_job: { alertOn: ['broken'] } } },
      'config.ts: sources.glue_job.alertOn[0] is "broken"; it must be one of failed, timeout, delayed, overdue, stopped',
    ],
    ['a switch', { sources: { glue_job: 1 } }, 'config.ts: sources.glue_job is 1; it must be: true, false or {'],
    [
      'a list of filters',
      { sources: { glue_job: [] } },
      'config.ts: sources.glue_job is []; it must be: true, false or {',
    ],
    [
      'a filter that says nothing',
      { sources: { glue_job: { names: {} } } },
      'config.ts: sources.glue_job.names is {}; sources.glue_job must be: true, false or {',
    ],
    ['no list of sources', { ownSources: {} }, 'config.ts: ownSources is {}; it must be: a list'],
    [
      'a function in another form than its name',
      { lambdaDestinations: ['orders:1'] },
      'config.ts: lambdaDestinations[0] is "orders:1"; lambdaDestinations must be: list of names of functions',
    ],
    [
      'a function of the monitor',
      { lambdaDestinations: ['datalake-monitoring-persist'] },
      'config.ts: lambdaDestinations has datalake-monitoring-persist, which is the monitor itself',
    ],
    [
      'an alias of such a function',
      { lambdaDestinations: ['datalake-monitoring-persist:live'] },
      'config.ts: lambdaDestinations has datalake-monitoring-persist, which is the monitor itself',
    ],
    [
      'aliases by a glob',
      { lambdaDestinations: ['orders-*:live'] },
      'config.ts: lambdaDestinations[0] is "orders-*:live"; lambdaDestinations must be: list of names of functions',
    ],
    ['a prototype key', JSON.parse('{"__proto__":{}}'), 'config.ts: __proto__ is not a key.'],
    [
      'an address',
      { alarms: ['nobody'] },
      'config.ts: alarms[0] is "nobody"; alarms must be: list of e-mail addresses, or "none"',
    ],
    ['no address', { alarms: [] }, 'config.ts: alarms is []; it must be: list of e-mail addresses, or "none"'],
    [
      'a number',
      { silenceAlarmHours: 0 },
      'config.ts: silenceAlarmHours is 0; it must be: whole number of hours from 1 to 168',
    ],
    [
      'a period',
      { retention: { logs: 8 } },
      'config.ts: retention.logs is 8; it must be: number of days that CloudWatch knows',
    ],
    ['an object', { retention: 5 }, 'config.ts: retention is 5; it must be: an object'],
    [
      'a tag',
      { tags: { 'aws:owner': 'me' } },
      'config.ts: tags.aws:owner is "aws:owner"; tags must be: object of tag keys',
    ],
    ['the key of a tag', { tags: { 'cost|centre': 'x' } }, 'is "cost|centre"; tags must be: object of tag keys'],
    ['no key of a tag', { tags: { '': 'x' } }, 'is ""; tags must be: object of tag keys'],
    [
      'the value of a tag',
      { tags: { owner: 'me & you' } },
      'config.ts: tags.owner is "me & you"; tags must be: object of tag keys and values (letters, digits, spaces and',
    ],
    ['a value of two lines', { tags: { owner: 'me\nyou' } }, 'config.ts: tags.owner is "me\\nyou"; tags must be'],
    ["a value with AWS's own prefix", { tags: { owner: 'AWS:me' } }, 'config.ts: tags.owner is "AWS:me"'],
    ['a long value', { tags: { owner: 'x'.repeat(257) } }, 'tags must be: object of tag keys'],
    [
      'what is missing',
      { terraformCloud: {} },
      'config.ts: terraformCloud.organization is missing; it must be: name of an',
    ],
    [
      'one workspace for both stacks',
      { terraformCloud: { organization: 'example', workspaces: { registry: 'lake', monitoring: 'lake' } } },
      'are both "lake"; each stack needs a workspace of its own',
    ],
    [
      'an event type',
      { alertOn: ['FAILED'] },
      'config.ts: alertOn[0] is "FAILED"; it must be one of failed, timeout, delayed, overdue, stopped',
    ],
    [
      'a success, which is no failure',
      { alertOn: ['succeeded'] },
      'config.ts: alertOn[0] is "succeeded"; it must be one of failed, timeout, delayed, overdue, stopped',
    ],
    ['a name', { name: 'Team_A' }, 'config.ts: name is "Team_A"; it must be: lower case letters'],
    ['a long name', { name: 'a'.repeat(30) }, 'has 30 characters; in eu-central-1 it may have at most 22'],
    ['an encryption', { encryption: 'mine' }, 'it must be: "aws" or "customer-managed"'],
    [
      'a reader',
      { lakeFormation: { readers: ['analyst'] } },
      'lakeFormation.readers[0] is "analyst"; lakeFormation.readers must be: list of ARNs',
    ],
    ...[
      '444455556666',
      'arn:aws:organizations::111122223333:organization/o-abcdefghijkl',
      'arn:aws:iam::111122223333:root',
      'arn:aws:iam::111122223333:group/analysts',
      'arn:aws:sts::111122223333:assumed-role/analyst/ann',
    ].map((reader): [string, unknown, string] => [
      `a reader that cannot be granted anything, ${reader}`,
      { lakeFormation: { readers: [reader] } },
      `lakeFormation.readers[0] is "${reader}"; lakeFormation.readers must be: list of ARNs of this account: IAM roles`,
    ]),
    ...[
      'arn:aws:iam::444455556666:role/analyst',
      'arn:aws-cn:iam::111122223333:role/analyst',
      'arn:aws-cn:identitystore:::group/a-1',
    ].map((reader): [string, unknown, string] => [
      `a reader from elsewhere, ${reader}`,
      { lakeFormation: { readers: [reader] } },
      `lakeFormation.readers names "${reader}"; readers must belong to the account 111122223333 in eu-central-1`,
    ]),
    ['a boundary', { permissionsBoundary: 'admin' }, 'it must be: ARN of an IAM policy'],
    ['a path', { rolePath: 'lake' }, 'it must be: path that begins and ends with a slash'],
    ['nothing to capture', { sources: allOff() }, 'config.ts: sources are all off'],
    ['no object', 7, 'config.ts: what it exports is 7; it must be: an object'],
  ])('is told by place and by what right looks like: %s', (_, input, message) => {
    expect(() => readInstallation(input as ConfigurationInput, here)).toThrow(message);
  });

  it('is told with all other mistakes at once', () => {
    const wrong = { silenceAlarmHours: 0, onDestroy: 'explode' } as unknown as ConfigurationInput;

    expect(() => readInstallation(wrong, here)).toThrow(/silenceAlarmHours[\s\S]*onDestroy/);
  });
});

describe('ACCOUNT and REGION', () => {
  it('are asked for when they are not set', () => {
    expect(() => readInstallation({}, {})).toThrow(ConfigurationError);
    expect(() => readInstallation({}, {})).toThrow(/ACCOUNT is not set; .*ACCOUNT=123456789012\nREGION is not set; /);
  });

  it.each(['12345', '1234567890123', 'abcdefghijkl'])('refuse the account %s', (account) => {
    expect(() => readInstallation({}, { ...here, ACCOUNT: account })).toThrow(`ACCOUNT is "${account}"`);
  });

  it.each(['Frankfurt', 'eu-central', 'eu_central_1'])('refuse the region %s', (region) => {
    expect(() => readInstallation({}, { ...here, REGION: region })).toThrow(`REGION is "${region}"`);
  });

  it.each(['us-gov-east-1', 'cn-northwest-1', 'ap-southeast-5', 'us-isob-east-1', 'eusc-de-east-1'])(
    'take %s',
    (region) => {
      expect(readInstallation({}, { ...here, REGION: region }).region).toBe(region);
    },
  );
});

describe('the list of keys', () => {
  it('says of every key what it means', () => {
    const silent = configurationKeys.filter(({ type, meaning }) => type === '' || meaning === '');

    expect(silent).toEqual([]);
  });

  it('has every key once', () => {
    const paths = configurationKeys.map((key) => key.path);

    expect(paths).toEqual([...new Set(paths)]);
    expect(paths).toEqual(
      expect.arrayContaining(['name', 'retention.rows', 'sources.lambda', 'terraformCloud.workspaces.registry']),
    );
  });
});

describe('defineConfig', () => {
  it('gives back what it gets', () => {
    expect(defineConfig({ alarms: 'none' })).toEqual({ alarms: 'none' });
  });
});

function allOff(): Record<string, boolean> {
  return Object.fromEntries(sources.map((source) => [source.name, false]));
}
