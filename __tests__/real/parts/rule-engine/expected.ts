import type { SampleEvent } from './samples';

/** Which rule takes which change, written down by a person; no rule takes a change that is not here. */
export const expectedRules: Readonly<Record<string, string>> = {
  'aws.glue / Glue Job State Change / RUNNING': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job State Change / SUCCEEDED': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job State Change / FAILED': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job State Change / ERROR': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job State Change / TIMEOUT': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job State Change / STOPPED': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job State Change / SUSPENDED': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job State Change / EVAPORATED': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job Run Status / STARTING': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job Run Status / RUNNING': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Job Run Status / STOPPING': 'datalake-monitoring-glue-job',
  'aws.glue / Glue Crawler State Change / Succeeded': 'datalake-monitoring-glue-crawler',
  'aws.glue / Glue Crawler State Change / Failed': 'datalake-monitoring-glue-crawler',
  'aws.glue / Glue Crawler State Change / Suspended': 'datalake-monitoring-glue-crawler',
  'aws.glue / Glue Crawler State Change / Evaporated': 'datalake-monitoring-glue-crawler',
  'aws.glue / Glue Scheduled Crawler Invocation Failure': 'datalake-monitoring-glue-crawler',
  'lambda / Lambda Function Invocation Result - Success': 'datalake-monitoring-lambda',
  'lambda / Lambda Function Invocation Result - Failure': 'datalake-monitoring-lambda',
  'aws.states / Step Functions Execution Status Change / RUNNING': 'datalake-monitoring-step-functions',
  'aws.states / Step Functions Execution Status Change / SUCCEEDED': 'datalake-monitoring-step-functions',
  'aws.states / Step Functions Execution Status Change / FAILED': 'datalake-monitoring-step-functions',
  'aws.states / Step Functions Execution Status Change / TIMED_OUT': 'datalake-monitoring-step-functions',
  'aws.states / Step Functions Execution Status Change / ABORTED': 'datalake-monitoring-step-functions',
  'aws.states / Step Functions Execution Status Change / SUSPENDED': 'datalake-monitoring-step-functions',
  'aws.states / Step Functions Execution Status Change / EVAPORATED': 'datalake-monitoring-step-functions',
};

/** Changes of which there is no sample: states that are rare, and states that AWS has not invented yet. */
export const changesWithoutSample: readonly SampleEvent[] = [
  change('aws.glue', 'Glue Job State Change', { state: 'RUNNING' }),
  change('aws.glue', 'Glue Job State Change', { state: 'WAITING' }),
  change('aws.glue', 'Glue Job State Change', { state: 'SUSPENDED' }),
  change('aws.glue', 'Glue Crawler State Change', { state: 'Suspended' }),
  change('aws.states', 'Step Functions Execution Status Change', { status: 'SUSPENDED' }),
  change('aws.states', 'Step Functions Execution Status Change', {}),
  change('aws.glue', 'Glue Job State Change', {}),
  change('aws.ecs', 'Glue Job State Change', { state: 'FAILED' }),
  change('aws.glue', 'glue job state change', { state: 'FAILED' }),
];

function change(source: string, detailType: string, detail: SampleEvent['event']): SampleEvent {
  return { name: 'a change written by hand', event: { source, 'detail-type': detailType, detail } };
}
