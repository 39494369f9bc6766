import { readEmrJobRun, readEmrMessage, readReason } from '../../../handler/normalise/emr-message';

const step = 'Step s-08QW7E6R5T4Y3 (load-orders) in Amazon EMR cluster j-2AXX5PT0QK9ZB (orders nightly)';
const run = 'Job Run 00000003abcdefghijk (load-orders) in virtual cluster vc7k2m9q4x1p8r5t6u3w';

describe('the times in a message of EMR', () => {
  it.each([
    [`${step} failed at 2025-03-10 06:12 UTC.`, null, '2025-03-10T06:12:00.000Z'],
    [`${step} started running at 2025-03-10 06:00 UTC.`, '2025-03-10T06:00:00.000Z', null],
    [
      `${step} completed execution at 2025-03-10 06:12 UTC. The step started running at 2025-03-10 06:00 UTC and took 12 minutes to complete.`,
      '2025-03-10T06:00:00.000Z',
      '2025-03-10T06:12:00.000Z',
    ],
    [`${run} failed at 2025-03-10 06:12:45.5 UTC.`, null, '2025-03-10T06:12:45.500Z'],
    [`${run} failed at 2025-03-10T06:12:45Z.`, null, '2025-03-10T06:12:45.000Z'],
    [`${step} failed at 2025-02-30 06:12 UTC.`, null, null],
    [`${step} failed at noon.`, null, null],
    ['', null, null],
  ])('%s', (message, startedAt, changedAt) => {
    expect(readEmrMessage(message)).toMatchObject({ startedAt, changedAt });
  });
});

describe('the text of a message of EMR', () => {
  it.each([
    [`${step} failed.`, 'Step load-orders in Amazon EMR cluster orders nightly failed.'],
    [
      'Step s-08QW7E6R5T4Y3 (load (all)) in Amazon EMR cluster jj-2AXX5PT0QK9ZB (orders (eu)) failed.',
      'Step load (all) in Amazon EMR cluster orders (eu) failed.',
    ],
    [`${run} failed.`, 'Job Run load-orders in virtual cluster vc7k2m9q4x1p8r5t6u3w failed.'],
    [
      'Step s-08QW7E6R5T4Y3 (orders-FULLREFRESH) in Amazon EMR cluster j-2AXX5PT0QK9ZB (nightly) failed.',
      'Step orders-FULLREFRESH in Amazon EMR cluster nightly failed.',
    ],
  ])('names what ran, without the id of the run: %s', (message, text) => {
    expect(readEmrMessage(message).text).toBe(text);
  });

  it('is read in no time, however long and odd it is', () => {
    const message = 's-08QW7E6R5T4Y3 (Job Run 00000003abcdefghijk ('.repeat(20_000);

    const before = performance.now();
    readEmrMessage(message);
    readEmrJobRun({ message });

    expect(performance.now() - before).toBeLessThan(15_000);
  });
});

describe('a job run of EMR on EKS', () => {
  it.each([
    [`${run} started running at 2025-03-10 06:00:30 UTC.`, 'RUNNING'],
    [
      `${run} completed at 2025-03-10 06:12:45 UTC. The Job Run started running at 2025-03-10 06:00:30 UTC and took 12 minutes to complete.`,
      'COMPLETED',
    ],
    [`${run} failed at 2025-03-10 06:12:45 UTC.`, 'FAILED'],
    [
      `Cancellation request has succeeded for ${run} at 2025-03-10 06:12:45 UTC and the Job Run is now cancelled.`,
      'CANCELLED',
    ],
    [`${run} evaporated at 2025-03-10 06:12:45 UTC.`, null],
  ])('is named by the sentence where no key names it: %s', (message, state) => {
    expect(readEmrJobRun({ message })).toMatchObject({
      id: '00000003abcdefghijk',
      name: 'load-orders',
      cluster: 'vc7k2m9q4x1p8r5t6u3w',
      state,
    });
  });

  it('is named by the keys where they are there', () => {
    const keys = { id: '00000009zyxw', name: 'other', virtualClusterId: 'vcother', state: 'FAILED' };

    const read = readEmrJobRun({ ...keys, message: `${run} completed at 2025-03-10 06:12:45 UTC.` });

    expect(read).toMatchObject({ id: '00000009zyxw', name: 'other', cluster: 'vcother', state: 'FAILED' });
  });

  it('tells the reason of a key before the sentence, and none when there is neither', () => {
    const message = `${run} failed.`;

    expect([
      readEmrJobRun({ message, stateDetails: 'the driver was evicted' }).reason,
      readEmrJobRun({ message }).reason,
      readEmrJobRun({}).reason,
    ]).toEqual(['the driver was evicted', 'Job Run load-orders in virtual cluster vc7k2m9q4x1p8r5t6u3w failed.', null]);
  });
});

test.each([
  ['{"code":"USER_REQUEST","message":"Terminated by user request"}', 'USER_REQUEST', 'Terminated by user request'],
  [{ code: 'STEP_FAILURE', message: 'no rows' }, 'STEP_FAILURE', 'no rows'],
  ['{"code":""}', null, null],
  ['not JSON', null, null],
  ['["a"]', null, null],
  [7, null, null],
  [undefined, null, null],
])('the reason %j of a change has the code %s and the message %s', (value, code, message) => {
  expect(readReason(value)).toEqual({ code, message });
});
