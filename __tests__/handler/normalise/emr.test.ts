import { recordOf } from './samples';

/** A step that failed on a cluster of its own, as nightly jobs have it. */
function failedStep({ step, cluster, day }: { step: string; cluster: string; day: string }) {
  return recordOf({
    source: 'aws.emr',
    'detail-type': 'EMR Step Status Change',
    account: '111122223333',
    region: 'eu-west-1',
    time: `${day}T06:12:45Z`,
    detail: {
      stepId: step,
      name: 'load-orders',
      clusterId: cluster,
      state: 'FAILED',
      message: `Step ${step} (load-orders) in Amazon EMR cluster ${cluster} (orders nightly) failed at ${day} 06:12 UTC.`,
    },
  });
}

function failedJobRun({ run, day }: { run: string; day: string }) {
  return recordOf({
    source: 'aws.emr-containers',
    'detail-type': 'EMR Job Run State Change',
    account: '111122223333',
    region: 'eu-west-1',
    time: `${day}T06:12:45Z`,
    detail: { message: `Job Run ${run} (load-orders) in virtual cluster vc7k2m9q4x1p failed at ${day} 06:12:45 UTC.` },
  });
}

test('a step that fails each night, on a new cluster each time, fails by one error', () => {
  const monday = failedStep({ step: 's-08QW7E6R5T4Y3', cluster: 'j-2AXX5PT0QK9ZB', day: '2025-03-10' });
  const tuesday = failedStep({ step: 's-ZYXWVUTSRQPON', cluster: 'j-PLMOKNIJBUHVY', day: '2025-03-11' });

  expect(monday.error_fingerprint).not.toBeNull();
  expect(tuesday.error_fingerprint).toBe(monday.error_fingerprint);
});

test('a job run on EKS that fails each night fails by one error', () => {
  const monday = failedJobRun({ run: '00000003abcdefghijk', day: '2025-03-10' });
  const tuesday = failedJobRun({ run: '00000003zyxwvutsrqp', day: '2025-03-11' });

  expect(monday.error_fingerprint).not.toBeNull();
  expect(tuesday.error_fingerprint).toBe(monday.error_fingerprint);
});
