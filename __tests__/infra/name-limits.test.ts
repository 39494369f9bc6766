import { sources } from '../../handler/normalise/sources.generated';
import { longestName, longestSourceName, namesOf } from '../../infra/names';
import { nameRule, wordsOf } from '../../scripts/new-source/skeleton';
import { monitoringOf, registryOf, type Stack } from './stacks';

/** What AWS allows as the name of each type that has one (the service's API reference): where it stands, and its form. */
const forms: Readonly<Record<string, readonly [attribute: string, form: RegExp]>> = {
  aws_athena_named_query: ['name', /^.{1,128}$/],
  aws_athena_workgroup: ['name', /^[\w.-]{1,128}$/],
  aws_cloudwatch_dashboard: ['dashboard_name', /^[\w-]{1,255}$/],
  aws_cloudwatch_event_rule: ['name', /^[\w.-]{1,64}$/],
  aws_cloudwatch_event_target: ['target_id', /^[\w.-]{1,64}$/],
  aws_cloudwatch_log_group: ['name', /^[\w./#-]{1,512}$/],
  aws_cloudwatch_log_stream: ['name', /^[^:*]{1,512}$/],
  aws_cloudwatch_metric_alarm: ['alarm_name', /^[\x20-\x7e]{1,255}$/],
  aws_ecr_repository: ['name', /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*$/],
  aws_glue_catalog_database: ['name', /^[a-z0-9_]{1,255}$/],
  aws_glue_catalog_table: ['name', /^[a-z0-9_]{1,255}$/],
  aws_iam_role: ['name', /^[\w+=,.@-]{1,64}$/],
  aws_iam_role_policy: ['name', /^[\w+=,.@-]{1,128}$/],
  aws_kinesis_firehose_delivery_stream: ['name', /^[\w.-]{1,64}$/],
  aws_lambda_function: ['function_name', /^[\w-]{1,64}$/],
  aws_lambda_permission: ['statement_id', /^[\w-]{1,100}$/],
  aws_s3_bucket: ['bucket', /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/],
  aws_s3_object: ['key', /^.{1,1024}$/],
  aws_secretsmanager_secret: ['name', /^[\w/+=.@-]{1,512}$/],
  aws_sns_topic: ['name', /^[\w-]{1,256}$/],
  aws_sqs_queue: ['name', /^[\w-]{1,80}$/],
};

/** What a resource is called by, whatever its type. */
const named = ['name', 'function_name', 'dashboard_name', 'alarm_name', 'bucket', 'key', 'target_id'];

const account = '111122223333';

describe.each(['eu-central-1', 'us-east-1', 'ap-southeast-1', 'us-gov-west-1'])(
  'in %s, with the longest name',
  (region) => {
    const where = { ACCOUNT: account, REGION: region };
    const name = 'x'.repeat(longestName(account, region));
    const stacks = [registryOf({ name }, where), monitoringOf({ name }, where)];

    it('every name is one that AWS takes', () => {
      const bad = stacks.flatMap(namesIn).filter(({ type, name: its }) => forms[type]?.[1].test(its) !== true);

      expect(bad).toEqual([]);
    });

    it('one more character is refused', () => {
      expect(() => monitoringOf({ name: `${name}x` }, where)).toThrow(`it may have at most ${name.length}`);
    });

    it('there is room for the rule of any source that may be added', () => {
      const rule = namesOf({ name, account, region }).rule('x'.repeat(longestSourceName));

      expect(rule).toMatch(forms['aws_cloudwatch_event_rule']?.[1] ?? /^$/);
    });
  },
);

describe('the name of a source', () => {
  it('is never longer than the name of its rule allows', () => {
    expect(sources.map(({ name }) => name).filter((name) => !(name.length <= longestSourceName))).toEqual([]);
  });

  it('is held to the same length when the source is begun', () => {
    expect(wordsOf('x'.repeat(longestSourceName))).toHaveLength(1);
    expect(wordsOf('x'.repeat(longestSourceName + 1))).toBeNull();
    expect(nameRule).toContain(`at most ${longestSourceName} characters`);
  });
});

/** Every name in a stack; one that refers to another resource is that one's name. */
function namesIn(stack: Stack): readonly { readonly type: string; readonly name: string }[] {
  return Object.entries(stack.resource).flatMap(([type, resources]) =>
    Object.values(resources).flatMap((resource) => {
      const attributes = forms[type] === undefined ? named : [forms[type][0]];
      return attributes
        .map((attribute) => resource[attribute])
        .filter((value) => value !== undefined && !String(value).startsWith('${'))
        .map((value) => ({ type, name: String(value) }));
    }),
  );
}
