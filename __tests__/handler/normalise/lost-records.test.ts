import { lostRecords } from '../../../handler/normalise/lost-records';

test.each([
  [
    { 'num-of-record-failures': '3', 'num-of-records-processed': '17' },
    '3 records could not be written to the destination; 17 were processed',
  ],
  [{ 'num-of-record-failures': 3 }, '3 records could not be written to the destination'],
  [{ 'num-of-record-failures': '0', 'num-of-records-processed': '17' }, null],
  [{ 'num-of-record-failures': 'some' }, null],
  [{}, null],
])('of %j is told: %s', (report, told) => {
  expect(lostRecords(report)).toBe(told);
});
