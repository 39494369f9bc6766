import type { Arrival, Setting } from './arrival';
import { jobRunId } from './glue';
import { runsAt, say } from './services';

/** What checks of the data and the jobs of DataBrew say in a day. */
export function qualityDay(setting: Setting): readonly Arrival[] {
  return [...evaluations(setting), ...cleaning(setting)];
}

function evaluations(setting: Setting): readonly Arrival[] {
  const { random, suffix } = setting;
  return runsAt(setting, [2, 8, 14, 20]).map(({ endedAt }, at) => {
    const failed = at === 3 ? 2 : 0;
    const context = {
      jobId: jobRunId(random),
      jobName: `orders-aggregate${suffix}`,
      evaluationContext: 'orders-after-join',
      contextType: 'GLUE_JOB',
    };
    return say(setting, endedAt, {
      source: 'aws.glue-dataquality',
      detailType: 'Data Quality Evaluation Results Available',
      detail: {
        resultId: `dqresult-${random.hex(40)}`,
        context,
        rulesetNames: [`orders-checks${suffix}`],
        state: failed > 0 ? 'FAILED' : 'SUCCEEDED',
        score: (5 - failed) / 5,
        numRulesSucceeded: 5 - failed,
        numRulesFailed: failed,
        numRulesSkipped: 0,
      },
    });
  });
}

function cleaning(setting: Setting): readonly Arrival[] {
  const { random, suffix } = setting;
  return runsAt(setting, [4, 16]).map(({ endedAt }, at) => {
    const fails = at === 1;
    const message = fails ? 'AnalysisException: Path does not exist: s3://example-raw/survey/' : 'Job run succeeded';
    const [severity, state] = fails ? ['ERROR', 'FAILED'] : ['INFO', 'SUCCEEDED'];
    return say(setting, endedAt, {
      source: 'aws.databrew',
      detailType: 'DataBrew Job State Change',
      detail: { jobName: `clean-survey${suffix}`, severity, state, jobRunId: `db_${random.hex(64)}`, message },
    });
  });
}
