import type { Resource } from '../stacks';

/** A metric that an alarm looks at. */
interface Watched {
  readonly namespace: unknown;
  readonly name: unknown;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly period: unknown;
  readonly statistic: unknown;
}

/** The metrics of an alarm: its one, or those whose sum it looks at. */
export function metricsOf(alarm: Resource): readonly Watched[] {
  const queries = (alarm['metric_query'] ?? [{ metric: alarm }]) as readonly { readonly metric?: Resource }[];
  return queries.flatMap(({ metric }) =>
    metric === undefined
      ? []
      : [
          {
            namespace: metric['namespace'],
            name: metric['metric_name'],
            dimensions: (metric['dimensions'] ?? {}) as Readonly<Record<string, string>>,
            period: metric['period'],
            statistic: metric['statistic'] ?? metric['stat'],
          },
        ],
  );
}
