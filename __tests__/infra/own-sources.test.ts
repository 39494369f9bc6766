import { createHash } from 'node:crypto';
import { parseSettings } from '../../handler/settings';
import { type ConfigurationInput, readInstallation } from '../../infra/config';
import { monitoringOf, resourceOf, resourcesOf } from './stacks';

const here = { ACCOUNT: '111122223333', REGION: 'eu-central-1' };
const pipelines = {
  name: 'pipeline',
  title: 'Pipeline of the warehouse',
  pattern: { source: ['example.pipelines'], 'detail-type': ['Pipeline Finished'] },
  fields: { service_name: '$.detail.pipeline', state: "$['detail'].outcome[-1]", started_at: '$.detail.begun' },
  states: { DONE: 'succeeded' as const },
};
type Own = NonNullable<Exclude<ConfigurationInput['ownSources'], undefined>>[number];

function own(changes: object = {}): Own {
  return { ...pipelines, ...changes } as Own;
}

describe('a source of your own', () => {
  const stack = monitoringOf({ ownSources: [own({ alertOn: ['failed', 'stopped'] })] });
  const [settings] = Object.values(resourcesOf(stack, 'aws_s3_object'));

  it('has a rule with its pattern', () => {
    const rule = resourceOf(stack, 'aws_cloudwatch_event_rule', 'capture_rules_pipeline');

    expect(JSON.parse(String(rule['event_pattern']))).toEqual(pipelines.pattern);
    expect(rule).not.toHaveProperty('event_bus_name');
  });

  it('gets to the functions with its paths parsed, in settings named by their content', () => {
    const content = String(settings?.['content']);

    expect(parseSettings(content)?.ownSources).toEqual([
      {
        name: 'pipeline',
        pattern: pipelines.pattern,
        fields: {
          service_name: ['detail', 'pipeline'],
          state: ['detail', 'outcome', -1],
          others: { started_at: ['detail', 'begun'] },
        },
        states: { DONE: 'succeeded' },
        replaces: null,
      },
    ]);
    expect(parseSettings(content)?.alertOnOf).toMatchObject({ pipeline: ['failed', 'stopped'] });
    expect(settings?.['key']).toContain(createHash('sha256').update(content).digest('hex'));
  });

  it('takes the place of one of ours where it says so', () => {
    const instead = own({
      name: 'glue_job',
      replaces: 'glue_job',
      pattern: { source: ['aws.glue'], 'detail-type': ['Glue Job State Change'] },
    });

    const rules = resourcesOf(monitoringOf({ ownSources: [instead] }), 'aws_cloudwatch_event_rule');

    expect(JSON.parse(String(rules['capture_rules_glue_job']?.['event_pattern']))).toEqual(instead.pattern);
  });

  it('may be the only one that is captured', () => {
    const { captured } = readInstallation({ sources: {}, ownSources: [own()] }, here);

    expect(captured.map(({ name }) => name)).toContain('pipeline');
  });
});

describe('a mistake in a source of your own', () => {
  it.each<[string, readonly Own[], string]>([
    [
      'no path',
      [own({ fields: { ...pipelines.fields, service_name: 'detail.pipeline' } })],
      'config.ts: ownSources[0].fields.service_name is "detail.pipeline", which is no JSON path: one begins with $, and puts a name',
    ],
    [
      'a path without its beginning',
      [own({ fields: { ...pipelines.fields, service_name: 'detail.pipeline' } })],
      'in brackets and quotes; write $.detail.pipeline',
    ],
    [
      'a name with a dash',
      [own({ fields: { ...pipelines.fields, state: '$.detail.run-1.my-key[0].text' } })],
      "ownSources[0].fields.state is \"$.detail.run-1.my-key[0].text\", which is no JSON path: one begins with $, and puts a name of more than letters, digits and _ in brackets and quotes; write $.detail['run-1']['my-key'][0].text",
    ],
    [
      'a path that nobody can guess',
      [own({ fields: { ...pipelines.fields, state: '$.detail[' } })],
      "in brackets and quotes; take $.detail.errors[0].message or $.detail['my-key'] as an example",
    ],
    [
      'a path to many',
      [own({ fields: { ...pipelines.fields, state: '$..state' } })],
      'config.ts: ownSources[0].fields.state is "$..state", which may lead to several places',
    ],
    [
      'a filter',
      [own({ fields: { ...pipelines.fields, state: '$.detail.a[?@.b]' } })],
      'which may lead to several places',
    ],
    [
      'a field of no event',
      [own(), own({ name: 'other', fields: { ...pipelines.fields, started_at: '$.begun' } })],
      'config.ts: ownSources[1].fields.started_at is "$.begun", but an event has no such field',
    ],
    [
      'a column of no row',
      [own({ fields: { ...pipelines.fields, starts_at: '$.time' } })],
      'config.ts: ownSources[0].fields.starts_at is not a key. Did you mean "started_at"?',
    ],
    [
      'no task',
      [own({ fields: { state: '$.detail.state' } })],
      'config.ts: ownSources[0].fields.service_name is missing; it must be: JSON path',
    ],
    [
      'no event type',
      [own({ states: { DONE: 'good' } })],
      'config.ts: ownSources[0].states.DONE is "good"; it must be one of started, succeeded, failed, timeout, stopped,',
    ],
    [
      'a pattern over a field that no event has',
      [own({ pattern: { source: ['example.pipelines'], detailType: ['Pipeline Finished'] } })],
      'config.ts: ownSources[0].pattern.detailType is no field of an event; there are detail, resources, time, source, detail-type',
    ],
    [
      'no pattern of EventBridge',
      [own({ pattern: { source: 'example' } })],
      'config.ts: ownSources[0].pattern cannot be used: Event pattern: pattern.source must be a list',
    ],
    [
      'an operator that the handler lacks',
      [own({ pattern: { detail: { n: [{ numeric: ['>', 1] }] } } })],
      'pattern cannot be used: Event pattern: pattern.detail.n has',
    ],
    [
      'a name of ours',
      [own({ name: 'lambda' })],
      'config.ts: ownSources[0].name is "lambda", which another source has',
    ],
    [
      'a name twice',
      [own(), own({ pattern: { source: ['x'], 'detail-type': ['y'] } })],
      'config.ts: ownSources[1].name is "pipeline", which another source has',
    ],
    [
      'a long name',
      [own({ name: 'x'.repeat(21) })],
      'config.ts: ownSources[0].name is "xxxxxxxxxxxxxxxxxxxxx"; it must be: lower case',
    ],
    [
      'nothing to replace',
      [own({ replaces: 'glue' })],
      'config.ts: ownSources[0].replaces is "glue", which is no source of ours; there are',
    ],
    [
      'a pattern of ours',
      [own({ pattern: { source: ['aws.glue'] } })],
      "config.ts: ownSources[0].pattern takes events of the source glue_job, too; narrow it, by its detail-type for example, or say replaces: 'glue_job'",
    ],
    [
      'a pattern of another one',
      [own(), own({ name: 'other' })],
      'config.ts: ownSources[1].pattern takes events of your source pipeline, too',
    ],
    [
      'no event bus',
      [own({ eventBus: 'my bus' })],
      'config.ts: ownSources[0].eventBus is "my bus"; it must be: name or ARN of an event bus',
    ],
    [
      'the ARN of something else',
      [own({ eventBus: 'arn:aws:sns:eu-central-1:111122223333:bus' })],
      'it must be: name or ARN of an event bus',
    ],
    ['a long title', [own({ title: 'x'.repeat(401) })], 'it must be: text of at most 400 characters'],
    [
      'a long pattern',
      [own({ pattern: { source: ['x'.repeat(4_100)], 'detail-type': ['y'] } })],
      'config.ts: the rule of pipeline would have a pattern of 4135 characters; EventBridge takes 4096',
    ],
  ])('is told by its place: %s', (_, ownSources, message) => {
    expect(() => readInstallation({ ownSources: [...ownSources] }, here)).toThrow(message);
  });
});

test.each(['warehouse', 'aws.partner/example.com/1', 'arn:aws:events:eu-central-1:111122223333:event-bus/warehouse'])(
  'a source of your own may come by the event bus %s',
  (eventBus) => {
    const { captured } = readInstallation({ ownSources: [own({ eventBus })] }, here);

    expect(captured.find(({ name }) => name === 'pipeline')?.eventBus).toBe(eventBus);
  },
);

test('settings of a source whose place another takes are refused, as nobody would heed them', () => {
  const instead = own({
    replaces: 'glue_job',
    pattern: { source: ['aws.glue'], 'detail-type': ['Glue Job State Change'] },
  });
  const reading = () =>
    readInstallation({ sources: { glue_job: { alertOn: ['failed'] } }, ownSources: [instead] }, here);

  expect(reading).toThrow('config.ts: sources.glue_job narrows a source whose place ownSources[0] takes');
});

test.each([
  ['aws.bedrock', 'warehouse', true],
  ['aws.bedrock', 'default', false],
  ['aws.bedrock', undefined, false],
  ['aws.partner/example.com', 'aws.partner/example.com/1', false],
  ['example.pipelines', 'warehouse', false],
])('whether %s on the event bus %s is told to need a rule that forwards', (source, eventBus, told) => {
  const waiting = own({
    pattern: { source: [source], 'detail-type': ['Done'] },
    ...(eventBus === undefined ? {} : { eventBus }),
  });

  const { notes } = readInstallation({ ownSources: [waiting] }, here);

  expect(notes.join()).toEqual(
    told ? expect.stringContaining('AWS sends these to the default bus') : expect.not.stringContaining('default bus'),
  );
});

describe('the pattern of a source that is narrowed', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `orders-of-the-day-${at}`);
  const withNames = (count: number): ConfigurationInput => ({
    sources: { glue_job: { names: { include: many(count) } } },
  });

  it('is told to be long when EventBridge takes it only after a request to AWS', () => {
    expect(readInstallation(withNames(10), here).notes.join()).not.toContain('characters');
    expect(readInstallation(withNames(100), here).notes.join()).toContain('until you ask AWS for the quota');
  });

  it('is refused when EventBridge takes it in no way', () => {
    expect(() => readInstallation(withNames(200), here)).toThrow('the rule of glue_job would have a pattern of');
  });

  it.each([{ include: ['*'] }, { include: ['data*', 'bi'] }])('never takes our own queries: %j', (workgroups) => {
    expect(() => readInstallation({ sources: { athena_query: { workgroups } } }, here)).toThrow(
      'the workgroup datalake-monitoring is ours, and always left out',
    );
  });

  it.each([{ include: ['datalake-monitoring'] }, { include: ['bi', 'datalake-monitoring'], exclude: ['tmp'] }])(
    'says that our own queries cannot be asked for: %j',
    (workgroups) => {
      expect(() => readInstallation({ sources: { athena_query: { workgroups } } }, here)).toThrow(
        /^config\.ts: sources\.athena_query: workgroups\.include has "datalake-monitoring", the workgroup of this monitor, whose own queries are never captured; take it out of the list$/,
      );
    },
  );

  it('leaves our own queries out where nothing else is said', () => {
    const { captured } = readInstallation({ sources: { athena_query: true } }, here);

    expect(captured.find(({ name }) => name === 'athena_query')?.pattern).toContain(
      '"workgroupName":[{"anything-but":["datalake-monitoring"]},{"exists":false}]',
    );
  });
});

describe('what a source tells', () => {
  it('is what the installation tells, unless the configuration says otherwise of it', () => {
    const stack = monitoringOf({ alertOn: ['failed'], sources: { glue_job: { alertOn: ['stopped'] }, lambda: false } });
    const [settings] = Object.values(resourcesOf(stack, 'aws_s3_object'));

    const told = parseSettings(String(settings?.['content']));

    expect(told).toMatchObject({ alertOn: ['failed'], alertOnOf: { glue_job: ['stopped'] } });
    expect(told?.alertOnOf).not.toHaveProperty('lambda');
  });
});
