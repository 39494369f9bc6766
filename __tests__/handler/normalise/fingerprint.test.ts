import { fingerprintOf } from '../../../handler/normalise/fingerprint';

/** Two texts of one fault. */
const equal: readonly (readonly [string, string])[] = [
  ['no rows for 2025-03-10', 'no rows for 2025-03-11'],
  ['no rows for day=2025-03-10/hour=06', 'no rows for day=2025-03-11/hour=17'],
  ['failed at 2025-03-10T06:12:45.568Z', 'failed at 2025-03-11T07:00:00Z'],
  ['failed at 2025-03-10 06:12:45,568', 'failed at 2025-03-10 06:12:45,001'],
  ['failed on Mon Mar 10 06:12:45 UTC 2025', 'failed on Tue Apr 11 07:00:00 UTC 2025'],
  ['no file s3://lake-raw/orders/a1.parquet', 'no file s3://lake-raw/orders/b2.parquet'],
  ['no file s3a://lake/_temporary/0/x', 'no file s3a://lake/_temporary/1/y/z'],
  ['cannot read /tmp/load-1a2b/part-0001.csv', 'cannot read /tmp/load-9f8e/part-0017.csv'],
  ["File '/tmp/a/b.py' not found", "File '/tmp/c/d/e.py' not found"],
  [`run jr_${'5e'.repeat(32)} failed`, `run jr_${'a7'.repeat(32)}_attempt_1 failed`],
  ['request c0ffee00-1111-4222-8333-444455556666', 'request 0f1e2d3c-1111-4222-8333-999988887777'],
  ['executor 2 lost (172.31.4.9)', 'executor 17 lost (172.31.99.201)'],
  ['Task 3 in stage 7.0 failed 4 times (TID 61)', 'Task 12 in stage 9.1 failed 4 times (TID 188)'],
  ['timed out after 3.00 seconds', 'timed out after 900.12 seconds'],
  ['object @1a2b3c4d is closed', 'object @99ff00aa is closed'],
  ['<Frame at 0x7f3c2a1b9d30>', '<Frame at 0x7f0011223344>'],
  ['digest 5d41402abc4b2a76b9719d911017c592', 'digest 7d793037a0760186574b0282f2f435e7'],
  ['query 20250310_061245_00012_abcde failed', 'query 20250311_071245_00931_xyzab failed'],
  [
    'container arn:aws:ecs:eu-west-1:111122223333:task/lake/0123456789abcdef',
    'container arn:aws:ecs:eu-west-1:111122223333:task/lake/fedcba9876543210',
  ],
  ['two  spaces\n', 'two spaces'],
  ['5 of 7 files missing', '1,024 of 2,048 files missing'],
];

/** Two texts of different faults. */
const different: readonly (readonly [string, string])[] = [
  ["name 'orders' is not defined", "name 'customers' is not defined"],
  ['Table or view not found: raw.orders', 'Table or view not found: raw.customers'],
  ['Access Denied', 'No space left on device'],
  ["column 'a' does not exist", "column 'b' does not exist"],
  ['division by zero', 'modulo by zero'],
  ['no facade', 'no decade'],
  ['java.io.IOException: closed', 'java.io.EOFException: closed'],
];

describe('the fingerprint of an error', () => {
  it.each(equal)('is the same for %j and %j', (one, other) => {
    expect(fingerprintOf('Error', one)).toBe(fingerprintOf('Error', other));
  });

  it.each(different)('tells %j from %j', (one, other) => {
    expect(fingerprintOf('Error', one)).not.toBe(fingerprintOf('Error', other));
  });

  it('tells types apart', () => {
    expect(fingerprintOf('ValueError', 'no rows')).not.toBe(fingerprintOf('KeyError', 'no rows'));
  });

  it('carries its version', () => {
    expect(fingerprintOf(null, 'no rows')).toMatch(/^1:[0-9a-f]{16}$/);
  });

  it('of a megabyte takes no time to speak of', () => {
    const begun = performance.now();

    for (const part of ['a', '/', 'a/', '1', '1-', '0a', ' ', 's3://', 'jr_', '2025-03-10 ']) {
      fingerprintOf(null, part.repeat((1 << 20) / part.length));
    }

    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
