import { compilePattern } from '../../../handler/event/match';
import dms from '../../../handler/normalise/sources/dms-task';
import { type Globs, narrow } from '../../../infra/capture/narrowing';

const arns = [
  'arn:aws:dms:eu-west-1:111122223333:task:orders-to-lake',
  'arn:aws:dms:eu-west-1:111122223333:replication-config:orders-to-lake',
  'arn:aws-cn:dms:cn-north-1:111122223333:task:orders-to-lake',
  'arn:aws-us-gov:dms:us-gov-west-1:111122223333:replication-config:orders-to-lake',
];
const detail = { category: 'StateChange', eventType: 'REPLICATION_TASK_STOPPED' };

describe.each(arns)('names of DMS compare with the end of %s alone', (arn) => {
  it.each<[Globs, boolean]>([
    [{ include: ['orders-*'] }, true],
    [{ include: ['orders-to-lake'] }, true],
    [{ include: ['rep*', 'task*', '1*', 'eu-*', 'cn-*', 'dms*', 'lake'] }, false],
    [{ exclude: ['orders-*'] }, false],
    [{ exclude: ['rep*', 'task*', '1*', 'eu-*', 'cn-*', 'dms*', 'lake'] }, true],
  ])('%j', (names, taken) => {
    const { pattern } = narrow(dms, { names });

    const takes = compilePattern(pattern);

    const event = { source: 'aws.dms', 'detail-type': 'DMS Replication Task State Change', resources: [arn], detail };
    expect(takes(event)).toBe(taken);
  });
});
