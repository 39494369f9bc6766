/** One alarm as data: what it looks at, when it rings, and under which heading of `docs/runbook.md` to read on. */
export interface Alarm {
  /** Unique in an installation; also its address in Terraform and the end of its name. */
  readonly id: string;
  readonly heading: string;
  readonly metric: Metric;
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
