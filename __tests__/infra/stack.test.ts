import { monitoringOf, ref, registryOf, resourcesOf, type Stack } from './stacks';

const stacks = { monitoring: monitoringOf, registry: registryOf };

describe.each(Object.entries(stacks))('the stack %s', (name, synthesise) => {
  it('can only touch the account and region that it was made for', () => {
    expect(synthesise().provider['aws']).toEqual([
      { allowed_account_ids: ['111122223333'], region: 'eu-central-1', default_tags: [{ tags: {} }] },
    ]);
  });

  it('pins the provider to the version of the bindings', () => {
    expect(synthesise().terraform['required_providers']).toEqual({ aws: { source: 'aws', version: '6.25.0' } });
  });

  it('tags everything with the tags of the installation', () => {
    const tags = { owner: 'lake-team' };

    expect(synthesise({ tags }).provider['aws']).toEqual([expect.objectContaining({ default_tags: [{ tags }] })]);
  });

  it('keeps its state in Terraform Cloud when that is configured', () => {
    const workspaces = { registry: 'lake-registry', monitoring: 'lake-monitoring' };
    const terraformCloud = { organization: 'example', hostname: 'tfe.example.org', project: 'lake', workspaces };

    expect(synthesise({ terraformCloud }).terraform['cloud']).toEqual({
      organization: 'example',
      hostname: 'tfe.example.org',
      workspaces: { name: `lake-${name}`, project: 'lake' },
    });
    expect(synthesise().terraform).not.toHaveProperty('cloud');
  });

  it('is the same whenever it is synthesised', () => {
    expect(synthesise().text).toBe(synthesise().text);
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('writes no ARN of another partition in %s', (region, partition) => {
    const { text } = synthesise({}, { ACCOUNT: '111122223333', REGION: region });

    expect([...text.matchAll(/arn:([a-z-]+):/g)].filter(([, found]) => found !== partition)).toEqual([]);
    expect(text).not.toContain('eu-central-1');
  });
});

describe('the roles', () => {
  it('get the boundary and the path of the configuration', () => {
    const permissionsBoundary = 'arn:aws:iam::111122223333:policy/lake';

    const roles = Object.values(resourcesOf(monitoringOf({ permissionsBoundary, rolePath: '/lake/' }), 'aws_iam_role'));

    expect(roles).toHaveLength(3);
    expect(roles.filter((it) => it['permissions_boundary'] !== permissionsBoundary || it['path'] !== '/lake/')).toEqual(
      [],
    );
  });
});

describe('what a deployment tells', () => {
  it('is where functions, queries and the webhook go', () => {
    expect(outputsOf(monitoringOf())).toEqual({
      topic_arn: { value: ref('aws_sns_topic.capture_topic.arn'), description: 'For Lambda destinations' },
      policy_for_functions: {
        value: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: ref('aws_sns_topic.capture_topic.arn') }],
        }),
        description: 'What the role of a function whose destination is the topic must be allowed',
      },
      bucket_name: { value: ref('aws_s3_bucket.lake_bucket.bucket') },
      secret_arn: { value: ref('aws_secretsmanager_secret.alert_secret.arn'), description: "For Slack's webhook" },
    });
  });

  it('is where the image is pushed', () => {
    expect(outputsOf(registryOf())).toEqual({
      repository_url: { value: ref('aws_ecr_repository.repository.repository_url') },
    });
  });

  function outputsOf({ text }: Stack): unknown {
    return (JSON.parse(text) as { readonly output?: unknown }).output;
  }
});

describe('addresses in Terraform', () => {
  it('are paths that people can read, without a hash', () => {
    const ids = Object.values(monitoringOf().resource).flatMap((resources) => Object.keys(resources));

    expect(ids.filter((id) => !/^[a-z0-9_]+$/.test(id) || /_[0-9a-f]{8}$/i.test(id))).toEqual([]);
  });
});

describe('a second installation in the account', () => {
  it('shares no name with the first', () => {
    const first = new Set(namesIn(monitoringOf()));

    const shared = namesIn(monitoringOf({ name: 'team-a' })).filter((name) => first.has(name));

    expect(shared).toEqual([]);
  });
});

/** Whatever AWS would refuse to have twice; tables, queries and log streams lie inside something that has a name. */
function namesIn(stack: ReturnType<typeof monitoringOf>): readonly string[] {
  const keys = ['name', 'bucket', 'function_name', 'alarm_name', 'dashboard_name'];
  const inside = [
    'aws_glue_catalog_table',
    'aws_athena_named_query',
    'aws_cloudwatch_log_stream',
    'aws_iam_role_policy',
  ];
  return Object.entries(stack.resource)
    .filter(([type]) => !inside.includes(type))
    .flatMap(([type, resources]) => Object.values(resources).map((resource) => ({ type, resource })))
    .flatMap(({ type, resource }) => keys.flatMap((key) => literal(type, resource[key])));
}

function literal(type: string, name: unknown): readonly string[] {
  return typeof name === 'string' && !name.startsWith('$') ? [`${type} ${name}`] : [];
}
