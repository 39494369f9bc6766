import { Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import { createAwsPorts } from './aws';
import { type EnvironmentOf, type FunctionName, readEnvironment } from './environment';
import { createLog } from './log';
import { type MetricName, unitOf } from './metrics';
import { createNotify, createPersist, type Handler } from './process';

/** Lambda's entry point `index.persist`: keeps every event as a row, or in quarantine with the reason. */
export const persist = entryPoint((flushed) => createPersist(worldOf('persist', readEnvironment('persist'), flushed)));

/** Lambda's entry point `index.notify`: tells Slack about failures. */
export const notify = entryPoint((flushed) => createNotify(worldOf('notify', readEnvironment('notify'), flushed)));

/** Registers what must be called at the end of each invocation. */
type Flushed = (flush: () => void) => void;

/** Clients are built at the first invocation, because one image holds both functions. */
function entryPoint(create: (flushed: Flushed) => Handler): Handler {
  let handler: Handler | null = null;
  let flush = () => {};
  return async (event) => {
    handler ??= create((it) => {
      flush = it;
    });
    try {
      return await handler(event);
    } finally {
      flush();
    }
  };
}

type Common = EnvironmentOf<'persist'> | EnvironmentOf<'notify'>;

function worldOf<E extends Common>(functionName: FunctionName, environment: E, flushed: Flushed) {
  const metrics = new PowertoolsMetrics({ namespace: environment.METRICS_NAMESPACE, serviceName: functionName });
  flushed(() => metrics.publishStoredMetrics());
  return {
    environment,
    ports: createAwsPorts(environment),
    log: createLog(functionName, environment.LOG_LEVEL),
    metrics: { count: (name: MetricName, value: number) => void metrics.addMetric(name, unitOf(name), value) },
  };
}
