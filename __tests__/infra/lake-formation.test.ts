import { monitoringOf, ref, resourceOf, resourcesOf } from './stacks';

const analyst = 'arn:aws:iam::111122223333:role/analyst';
const team = 'arn:aws:identitystore:::group/9067-a1';
const stack = monitoringOf({ lakeFormation: { readers: [analyst, team, analyst] } });
const grants = Object.values(resourcesOf(stack, 'aws_lakeformation_permissions'));
const database = ref('aws_glue_catalog_table.lake_state.database_name');

describe('where Lake Formation governs the catalogue', () => {
  it.each([[analyst], [team]])('%s may ask the table and every view, and change nothing', (reader) => {
    expect(grants.filter(({ principal }) => principal === reader)).toEqual([
      { principal: reader, permissions: ['DESCRIBE'], database: { name: database } },
      { principal: reader, permissions: ['SELECT', 'DESCRIBE'], table: { database_name: database, wildcard: true } },
    ]);
  });

  it('Firehose sees the columns of its table before it is made, and reads nothing', () => {
    const { depends_on } = resourceOf(stack, 'aws_kinesis_firehose_delivery_stream', 'lake_firehose_stream');
    const principal = ref('aws_iam_role.lake_firehose_role.arn');

    expect(grants.filter((grant) => grant['principal'] === principal)).toEqual([
      { principal, permissions: ['DESCRIBE'], database: { name: database } },
      {
        principal,
        permissions: ['DESCRIBE'],
        table: { database_name: database, name: ref('aws_glue_catalog_table.lake_state.name') },
      },
    ]);
    expect(depends_on).toEqual(
      expect.arrayContaining([
        'aws_iam_role_policy.lake_firehose_role_policy',
        'aws_lakeformation_permissions.lake_firehose_sees_database',
        'aws_lakeformation_permissions.lake_firehose_sees_table',
      ]),
    );
  });

  it('Firehose alone is granted something where nobody is named', () => {
    const nobody = resourcesOf(monitoringOf({ lakeFormation: {} }), 'aws_lakeformation_permissions');

    expect(Object.keys(nobody)).toEqual(['lake_firehose_sees_database', 'lake_firehose_sees_table']);
  });
});

it('grants nothing through Lake Formation unless it is asked to', () => {
  expect(monitoringOf().text).not.toContain('lakeformation');
});
