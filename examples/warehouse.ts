import { type Arrival, account, type Setting } from './arrival';
import { arnOf, runsAt, say } from './services';

/** Queries and statements of a day. Athena's are captured only where somebody asks for it, so its rule is not there. */
export function warehouseDay(setting: Setting): readonly Arrival[] {
  return [...athena(setting), ...redshift(setting)];
}

function athena(setting: Setting): readonly Arrival[] {
  return runsAt(setting, [7, 9, 11, 16]).flatMap(({ startedAt, endedAt }, at) => {
    const query = { statementType: 'DML', queryExecutionId: setting.random.uuid(), workgroupName: 'analysts' };
    const message = "COLUMN_NOT_FOUND: line 1:8: Column 'ordr' cannot be resolved";
    const athenaError = { errorCategory: 2, errorType: 1006, errorMessage: message, retryable: false };
    const told = (time: number, currentState: string, previousState: string, more: object = {}) =>
      say(setting, time, {
        source: 'aws.athena',
        detailType: 'Athena Query State Change',
        detail: { versionId: '0', currentState, previousState, ...query, sequenceNumber: '3', ...more },
      });
    return [
      told(startedAt, 'RUNNING', 'QUEUED'),
      at === 1 ? told(endedAt, 'FAILED', 'RUNNING', { athenaError }) : told(endedAt, 'SUCCEEDED', 'RUNNING'),
    ];
  });
}

function redshift(setting: Setting): readonly Arrival[] {
  return runsAt(setting, [5, 11, 17, 23]).map(({ endedAt }, at) => {
    const state = at === 2 ? 'FAILED' : 'FINISHED';
    const statementName = `refresh-sales-cube${setting.suffix}`;
    const statement = { statementName, statementId: setting.random.uuid(), redshiftQueryId: 4_711 + at };
    return say(setting, endedAt, {
      source: 'aws.redshift-data',
      detailType: 'Redshift Data Statement Status Change',
      resources: [arnOf('redshift', 'cluster:warehouse')],
      detail: {
        principal: `arn:aws:iam::${account}:role/loader`,
        ...statement,
        state,
        rows: state === 'FAILED' ? 0 : 12,
      },
    });
  });
}
