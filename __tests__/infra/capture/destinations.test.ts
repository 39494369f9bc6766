import { readDeployment } from '../../../local/terraform';
import { monitoringOf, type Resource, ref, resourceOf, resourcesOf, type Stack, statementsOf } from '../stacks';
import { metricsOf } from '../watch/metrics';

const topic = ref('aws_sns_topic.capture_topic.arn');
const to = { on_failure: { destination: topic }, on_success: { destination: topic } };
const type = 'aws_lambda_function_event_invoke_config';

test('functions named in the configuration tell the topic how they ended', () => {
  const stack = monitoringOf({ lambdaDestinations: ['orders-import', 'customers', 'orders-import'] });

  const set = destinationsOf(stack);

  expect(set.map((it) => it['function_name']).sort()).toEqual(['customers', 'orders-import']);
  expect(set.map((it) => it['destination_config'])).toEqual([to, to]);
  expect(stack.data ?? {}).not.toHaveProperty('aws_lambda_functions');
});

/** What is set of the functions of others; notify has such a configuration for its ticks. */
function destinationsOf(stack: Stack): readonly Resource[] {
  return Object.entries(resourcesOf(stack, type))
    .filter(([id]) => id.startsWith('capture_destinations_'))
    .map(([, resource]) => resource);
}

test('a function that is called by an alias has destinations of its own there, and one metric', () => {
  const stack = monitoringOf({ lambdaDestinations: ['orders', 'orders:live'] });

  const set = destinationsOf(stack).map((it) => [it['function_name'], it['qualifier']]);
  const watched = Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm'))
    .flatMap(metricsOf)
    .filter(({ name }) => name === 'DestinationDeliveryFailures');

  expect(set).toEqual([
    ['orders', undefined],
    ['orders', 'live'],
  ]);
  expect(watched.map(({ dimensions }) => dimensions)).toEqual([{ FunctionName: 'orders' }]);
});

test('globs find functions when Terraform plans: each once, and none of the monitor', () => {
  const stack = monitoringOf({ lambdaDestinations: ['etl-*', '*-nightly', 'etl-main'] });
  const found = resourceOf(stack, type, 'capture_destinations_found');

  expect(found).toMatchObject({ function_name: ref('each.key'), destination_config: to });
  expect(found['for_each']).toBe(
    `\${toset([for name in data.aws_lambda_functions.capture_destinations_functions.function_names : name if ` +
      `can(regex("^(etl-.*|.*-nightly)$", name)) && !contains(["etl-main","datalake-monitoring-persist",` +
      `"datalake-monitoring-notify"], name)])}`,
  );
});

test.each(['aws', 'customer-managed'] as const)(
  'the role of such a function is told what it needs, with encryption by %s',
  (encryption) => {
    const { text } = monitoringOf({ lambdaDestinations: ['orders'], encryption });
    const { output } = JSON.parse(text) as { readonly output: Readonly<Record<string, Resource>> };

    const actions = statementsOf(output['policy_for_functions']?.['value']).flatMap(({ Action }) => Action);

    expect(actions).toEqual(
      encryption === 'aws' ? ['sns:Publish'] : ['sns:Publish', 'kms:Decrypt', 'kms:GenerateDataKey'],
    );
  },
);

test('the local run reads such a stack, and leaves the functions of others alone', () => {
  const { text } = monitoringOf({ lambdaDestinations: ['orders', 'etl-*'] });

  const { functions } = readDeployment(JSON.parse(text));

  expect(functions.map(({ entry }) => entry).sort()).toEqual(['notify', 'persist']);
});

test('nothing of it is there by default', () => {
  expect(destinationsOf(monitoringOf())).toEqual([]);
  expect(monitoringOf().text).not.toMatch(/destination_config|DestinationDeliveryFailures/);
});

test('an alarm watches what functions cannot deliver: those that are named, or all where globs find them', () => {
  const named = monitoringOf({ lambdaDestinations: Array.from({ length: 12 }, (_, at) => `orders-${at}`) });
  const globs = monitoringOf({ lambdaDestinations: ['orders-*'] });

  const ofNamed = Object.values(resourcesOf(named, 'aws_cloudwatch_metric_alarm'))
    .flatMap(metricsOf)
    .filter(({ name }) => name === 'DestinationDeliveryFailures');

  expect(ofNamed.map(({ dimensions }) => dimensions['FunctionName'])).toEqual(
    expect.arrayContaining(['orders-0', 'orders-11']),
  );
  expect(ofNamed).toHaveLength(12);
  expect(resourceOf(globs, 'aws_cloudwatch_metric_alarm', 'watch_destinations')).toMatchObject({
    metric_query: [
      {
        expression: 'SELECT SUM(DestinationDeliveryFailures) FROM SCHEMA("AWS/Lambda", FunctionName)',
        period: 300,
        return_data: true,
      },
    ],
  });
});

test.each([['orders'], ['orders-*']])('the dashboard draws what %s could not deliver', (name) => {
  const body = String(
    resourceOf(monitoringOf({ lambdaDestinations: [name] }), 'aws_cloudwatch_dashboard', 'watch_dashboard')[
      'dashboard_body'
    ],
  );

  expect(body).toContain('Records that functions could not deliver');
});
