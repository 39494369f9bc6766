import { tickEvent } from '../../../handler/event/tick';
import { sources } from '../../../handler/normalise/sources.generated';
import { createNotify, createPersist } from '../../../handler/process';
import { namesOf } from '../../../infra/names';
import inner from '../../fixtures/events/step_functions/failed-glue-inside.json';
import { batchOf, glueEvent } from '../../handler/process-events';
import { type Instead, worldWith } from '../../handler/process-world';
import { monitoringOf, resourceOf, resourcesOf } from '../stacks';
import { metricsOf } from './metrics';

const failed = glueEvent('run0', 'FAILED');
const always = { match: {}, until: '2027-01-01T00:00:00.000Z', reason: 'the lake moves house' };
const begun = { startedAt: null, completedAt: null, executionSeconds: null, dpuSeconds: null, errorMessage: null };
const ofOneAttempt: Instead = {
  getJobRun: async (_, id) => (id === failed.detail.jobRunId ? begun : null),
  getJob: async () => ({ maxRetries: 1 }),
};
const jobInside = String(JSON.parse(inner.detail.cause).Id);

/** What stands in place of a port, the text of the settings, and the calls of the function, a quarter of an hour apart. */
interface Case {
  readonly instead?: Instead;
  readonly settings?: string | null;
  readonly calls: readonly unknown[];
}

const worlds: readonly Case[] = [
  { settings: null, calls: [batchOf(failed)] },
  { instead: { post: async () => ({ status: 404, body: 'x', retryAfterSeconds: null }) }, calls: [batchOf(failed)] },
  // Taken up again, because there was no webhook.
  { instead: { readSecret: async () => '' }, calls: [batchOf(failed), batchOf(failed)] },
  { settings: JSON.stringify({ silences: [always] }), calls: [batchOf(failed)] },
  { calls: [batchOf(inner, glueEvent(jobInside, 'FAILED'))] },
  // A retry that never comes.
  { instead: ofOneAttempt, calls: [batchOf(failed), tickEvent] },
];

interface Widget {
  readonly properties: { readonly metrics?: readonly (readonly string[])[] };
}

const names = namesOf({ name: 'datalake-monitoring', account: '111122223333', region: 'eu-central-1' });
const ruleNames = sources.filter(({ onRequest }) => onRequest !== true).map(({ name }) => names.rule(name));
const stack = monitoringOf();
const body = resourceOf(stack, 'aws_cloudwatch_dashboard', 'watch_dashboard')['dashboard_body'];
const { widgets } = JSON.parse(String(body)) as { widgets: readonly Widget[] };
const lines = widgets.flatMap(({ properties }) => properties.metrics ?? []).map((line) => line.join(' '));

describe('the dashboard', () => {
  it('draws everything that an alarm looks at, so that it shows what rang', () => {
    const watched = Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm'))
      .flatMap(metricsOf)
      .map(({ namespace, name, dimensions }) => [namespace, name, ...Object.entries(dimensions).flat()].join(' '));

    expect(watched.filter((metric) => !lines.includes(metric))).toEqual([]);
  });

  it('draws what EventBridge put into the dead-letter queue, rule by rule', () => {
    const drawn = lines.filter((line) => line.includes(' InvocationsSentToDlq '));

    expect(drawn).toEqual(ruleNames.map((rule) => `AWS/Events InvocationsSentToDlq RuleName ${rule}`));
  });

  it('draws of each function exactly what that function counts', async () => {
    const counted = { persist: await countsOf(createPersist), notify: await countsOf(createNotify) };

    const drawn = lines.filter((line) => line.startsWith(`${names.metricsNamespace} `)).sort();

    expect(drawn).toEqual(
      Object.entries(counted)
        .flatMap(([name, metrics]) => metrics.map((it) => `${names.metricsNamespace} ${it} service ${name}`))
        .sort(),
    );
  });
});

/** What a function counts, in worlds in which all comes about that it can count. */
async function countsOf(create: typeof createPersist | typeof createNotify): Promise<readonly string[]> {
  const counts = await Promise.all(
    worlds.map(async ({ instead = {}, settings = '{}', calls }) => {
      const { world, deeds } = worldWith(instead, settings);
      const call = create(world);
      for (const event of calls) {
        await call(event);
        deeds.clock.milliseconds += 900_000;
      }
      return [...deeds.counts.keys()];
    }),
  );
  return [...new Set(counts.flat())];
}
