import { recordOf } from './samples';

function failedIn(region: string) {
  return recordOf({
    id: '7d1f4c80',
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    account: '111122223333',
    region,
    time: '2025-03-10T06:12:45Z',
    detail: { jobName: 'load-orders', jobRunId: 'jr_5e', state: 'FAILED', message: 'no rows' },
  });
}

test.each([
  ['eu-west-1', 'aws', 'console.aws.amazon.com'],
  ['ap-southeast-7', 'aws', 'console.aws.amazon.com'],
  ['mx-central-1', 'aws', 'console.aws.amazon.com'],
  ['cn-north-1', 'aws-cn', 'console.amazonaws.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'console.amazonaws-us-gov.com'],
])('in %s the ARN is of %s and the links lead to its console', (region, partition, host) => {
  const record = failedIn(region);

  expect(record.resource_arn).toBe(`arn:${partition}:glue:${region}:111122223333:job/load-orders`);
  expect(record.console_url).toMatch(`https://${region}.${host}/gluestudio/home?region=${region}#`);
  expect(record.logs_url).toMatch(`https://${region}.${host}/cloudwatch/home?region=${region}#`);
});

test.each([
  'us-iso-east-1',
  'us-isob-east-1',
  'us-isof-south-1',
  'eu-isoe-west-1',
  'eusc-de-east-1',
  'unknown',
  'EU-WEST-1',
  'eu-west-1/../x',
])('in %s, of a partition that is not known, there is no ARN and no link rather than a wrong one', (region) => {
  const record = failedIn(region);

  expect([record.resource_arn, record.console_url, record.logs_url]).toEqual([null, null, null]);
});

test('the link to a run encodes its id, whatever stands in it', () => {
  const record = recordOf({
    id: '7d1f4c80',
    source: 'aws.glue',
    'detail-type': 'Glue Job State Change',
    account: '111122223333',
    region: 'eu-west-1',
    time: '2025-03-10T06:12:45Z',
    detail: { jobName: 'load-orders', jobRunId: 'jr 5e/#?|>', state: 'FAILED', message: 'no rows' },
  });

  expect(record.console_url).toMatch(/#\/job\/load-orders\/run\/jr%205e%2F%23%3F%7C%3E$/);
});
