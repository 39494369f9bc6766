/** One alarm as data: what it looks at, when it rings, and under which heading of `docs/runbook.md` to read on. */
export interface Alarm {
  /** Unique in an installation; also its address in Terraform and the end of its name. */
  readonly id: string;
  readonly heading: string;
  /** One metric, or at most {@link mostMetrics} whose sum is looked at. */
  readonly metrics: readonly [Metric, ...Metric[]];
  /** Looks at all metrics of this name in its place, by a query of Metrics Insights. */
  readonly query?: string;
  /** Rings when the statistic is above this; `quiet` alarms ring when it is below. */
  readonly threshold: number;
  readonly periodSeconds: number;
  /** How many periods it looks at. */
  readonly periods: number;
  /** In how many of them it must be so, in all of them where this is left out. */
  readonly enough?: number;
  /** Rings when too little happens, and when nothing is measured at all. */
  readonly quiet?: true;
}

/** A metric of CloudWatch with all its dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum';
}

/** How many metrics one alarm may look at ("Create an alarm based on a metric math expression", CloudWatch user guide). */
const mostMetrics = 10;

/** Rings as soon as something is counted in five minutes. */
export function above(id: string, heading: string, metric: Metric): Alarm {
  return { id, heading, metrics: [metric], threshold: 0, periodSeconds: 300, periods: 1 };
}

/** As few alarms as can look at all of these metrics; each rings as soon as something is counted in one of them. */
export function aboveInAny(id: string, heading: string, metrics: readonly Metric[]): readonly Alarm[] {
  const count = Math.ceil(metrics.length / mostMetrics);
  return Array.from({ length: count }, (_, at) => {
    const group = metrics.slice(at * mostMetrics, (at + 1) * mostMetrics) as [Metric, ...Metric[]];
    const [first] = group;
    return { ...above(count === 1 ? id : `${id}-${at + 1}`, heading, first), metrics: group };
  });
}

/** What is counted of something, as a sum. */
export function sum(namespace: string, name: string, dimensions: Metric['dimensions']): Metric {
  return { namespace, name, dimensions, statistic: 'Sum' };
}
