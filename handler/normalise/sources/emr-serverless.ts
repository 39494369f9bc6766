import type { CapturedEvent } from '../../event/captured-event';
import { textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl, logsUrl } from '../console';
import { typeOfRun } from '../emr-serverless';
import { errorWhere } from '../error-text';
import { requireText } from '../require';
import type { Source, SourceFields } from '../source';
import { wholeNumberOf } from '../text';
import { readTime } from '../time';

/** Sent when an attempt has failed and the next one follows: the run goes on. */
const retry = 'EMR Serverless Job Run Retry';

const source: Source = {
  name: 'emr_serverless',
  title: 'EMR Serverless job',
  pattern: {
    source: ['aws.emr-serverless'],
    $or: [
      {
        'detail-type': ['EMR Serverless Job Run State Change'],
        detail: { state: [{ 'anything-but': ['SUBMITTED', 'PENDING', 'QUEUED', 'SCHEDULED', 'CANCELLING'] }] },
      },
      { 'detail-type': [retry] },
    ],
  },
  filters: { names: { path: ['detail', 'jobRunName'] }, applications: { path: ['detail', 'applicationId'] } },
  normalise,
};

export default source;

/** `createdAt` is the submission, so a run begins when it is told to be running; a retry tells of the attempt before. */
function normalise({ detail, detailType, region, account }: CapturedEvent): SourceFields {
  const run = requireText(detail, 'jobRunId');
  const application = requireText(detail, 'applicationId');
  const resource = `/applications/${application}/jobruns/${run}`;
  const again = detailType === retry;
  const state = textOf(detail[again ? 'previousAttemptState' : 'state']) ?? 'unknown';
  const reason = textOf(detail['stateDetails']);
  const type = again ? 'retrying' : typeOfRun(state, reason);
  const started = type === 'started';
  return {
    service_name: textOf(detail['jobRunName']) ?? application,
    service_request_id: run,
    event_type: type,
    source_state: state,
    ...errorWhere(type, reason),
    retry_attempts: wholeNumberOf(detail[again ? 'previousAttempt' : 'attempt']),
    started_at: readTime(detail[again ? 'previousAttemptCreatedAt' : started ? 'updatedAt' : 'startedAt']),
    ended_at: started ? null : readTime(detail[again ? 'previousAttemptEndedAt' : 'updatedAt']),
    resource_arn: textOf(detail['arn']) ?? buildArn({ service: 'emr-serverless', region, account, resource }),
    console_url: consoleUrl(region, 'emr#/serverless'),
    logs_url: logsUrl({ region, group: '/aws/emr-serverless', streams: `/applications/${application}/jobs/${run}/` }),
  };
}
