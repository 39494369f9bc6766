import fc from 'fast-check';
import { longestName, namesOf, partitionOf, prefixes } from '../../infra/names';

const account = '111122223333';
const region = 'ap-southeast-1';
const known = { name: 'datalake-monitoring', account, region };

const otherName = fc
  .stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5}){0,2}$/)
  .filter((name) => name.length <= longestName(account, region) && name !== 'datalake-monitoring');

describe('a default installation', () => {
  it('keeps the names that people know', () => {
    const names = namesOf(known);

    expect(names).toMatchObject({
      topic: 'dl-monitor-sns',
      bucket: '111122223333-ap-southeast-1-monitor',
      database: 'monitor',
      secret: 'datalake-monitoring',
      functions: { persist: 'datalake-monitoring-persist', notify: 'datalake-monitoring-notify' },
    });
  });
});

describe('an installation under another name', () => {
  it('puts its name in front of every name', () => {
    const names = allNames({ name: 'team-a', account, region });

    expect(names.filter((name) => !/^team[-_]a[-_]/.test(name))).toEqual([]);
  });

  it('never shares a name with any other installation', () => {
    fc.assert(
      fc.property(otherName, otherName, (one, other) => {
        fc.pre(one !== other);
        const shared = new Set(allNames({ name: one, account, region }));

        const clashes = [...allNames({ name: other, account, region }), ...allNames(known)].filter((it) =>
          shared.has(it),
        );

        expect(clashes).toEqual([]);
      }),
    );
  });

  it('gives Glue a database name without dashes', () => {
    expect(namesOf({ name: 'team-a', account, region }).database).toBe('team_a_monitor');
  });
});

describe('places in the bucket', () => {
  it('do not lie in one another', () => {
    const all = Object.values(prefixes);

    const nested = all.filter((one) => all.some((other) => other !== one && one.startsWith(other)));

    expect(nested).toEqual([]);
    expect(all.filter((prefix) => !prefix.endsWith('/'))).toEqual([]);
  });
});

describe('the partition', () => {
  it.each([
    ['eu-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-iso-east-1', 'aws-iso'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('of %s is %s', (its, partition) => {
    expect(partitionOf(its)).toBe(partition);
  });
});

function allNames(of: { name: string; account: string; region: string }): readonly string[] {
  const names = namesOf(of);
  return [
    ...Object.values(names).flatMap((it) =>
      typeof it === 'function' ? [] : typeof it === 'string' ? [it] : Object.values(it),
    ),
    ...(['persist', 'notify', 'firehose'] as const).map(names.role),
    ...['glue_job', 'lambda'].map(names.rule),
    ...['silence', 'quarantine'].map(names.alarm),
  ];
}
