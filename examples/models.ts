import type { Arrival, Setting } from './arrival';
import { arnOf, isoOf, type Run, runsAt, say } from './services';

/** What SageMaker says in a day: trainings, one of which fails, and a pipeline. */
export function modelDay(setting: Setting): readonly Arrival[] {
  return [
    ...runsAt(setting, [3, 21]).flatMap((run, at) => training(setting, run, at === 1)),
    ...runsAt(setting, [4]).flatMap((run) => pipeline(setting, run)),
  ];
}

/** The SDK of SageMaker names a job after the time at which it starts. */
function training(setting: Setting, { startedAt, endedAt }: Run, fails: boolean): readonly Arrival[] {
  const name = `demand-forecast${setting.suffix}-${isoOf(startedAt).slice(0, 23).replace(/[T:.]/g, '-')}`;
  const arn = arnOf('sagemaker', `training-job/${name}`);
  const job = { TrainingJobName: name, TrainingJobArn: arn, CreationTime: startedAt };
  const told = (time: number, TrainingJobStatus: string, more: object) =>
    say(setting, time, {
      source: 'aws.sagemaker',
      detailType: 'SageMaker Training Job State Change',
      resources: [arn],
      detail: { ...job, TrainingJobStatus, ...more },
    });
  const end = { TrainingStartTime: startedAt + 60_000, TrainingEndTime: endedAt };
  const FailureReason = 'AlgorithmError: ExecuteUserScriptError: ValueError: Input contains NaN, exit code: 1';
  return [
    told(startedAt, 'InProgress', { SecondaryStatus: 'Starting' }),
    fails
      ? told(endedAt, 'Failed', { SecondaryStatus: 'Failed', FailureReason, ...end })
      : told(endedAt, 'Completed', { SecondaryStatus: 'Completed', ...end }),
  ];
}

function pipeline(setting: Setting, { startedAt, endedAt }: Run): readonly Arrival[] {
  const pipelineArn = arnOf('sagemaker', `pipeline/demand-forecast${setting.suffix}`);
  const pipelineExecutionArn = `${pipelineArn}/execution/${setting.random.hex(12)}`;
  const told = (time: number, currentPipelineExecutionStatus: string, more: object) =>
    say(setting, time, {
      source: 'aws.sagemaker',
      detailType: 'SageMaker Model Building Pipeline Execution Status Change',
      resources: [pipelineArn, pipelineExecutionArn],
      detail: {
        pipelineArn,
        pipelineExecutionArn,
        pipelineExecutionDisplayName: 'nightly',
        currentPipelineExecutionStatus,
        executionStartTime: isoOf(startedAt),
        ...more,
      },
    });
  return [
    told(startedAt, 'Executing', {}),
    told(endedAt, 'Succeeded', { previousPipelineExecutionStatus: 'Executing', executionEndTime: isoOf(endedAt) }),
  ];
}
