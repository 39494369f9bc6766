import { type Arrival, arrive, bridgeEvent, minute, type Setting } from './arrival';

const crawlers = ['raw-orders', 'raw-clickstream', 'curated-sales', 'curated-finance', 'partner-drop'] as const;

/** Everything that crawlers say in a day: each runs four times, and a tenth of the runs fail. */
export function crawlerDay(setting: Setting): readonly Arrival[] {
  const { random, midnight, suffix } = setting;
  return crawlers.flatMap((name) =>
    [3, 9, 15, 21].flatMap((hour) =>
      crawl(setting, `${name}${suffix}`, midnight + hour * 60 * minute + random.integer(0, 900_000)),
    ),
  );
}

function crawl({ random }: Setting, crawlerName: string, startedAt: number): readonly Arrival[] {
  const seconds = random.integer(40, 400);
  const endedAt = startedAt + seconds * 1_000;
  const say = (time: number, detail: object) =>
    arrive(
      time,
      bridgeEvent(random, {
        source: 'aws.glue',
        detailType: 'Glue Crawler State Change',
        time,
        detail: { crawlerName, ...detail },
      }),
    );
  const started = say(startedAt, {
    state: 'Started',
    startTime: new Date(startedAt).toISOString(),
    message: 'Crawler Started',
  });
  if (random.chance(0.9)) {
    const changes = {
      tablesCreated: '0',
      tablesUpdated: String(random.integer(0, 3)),
      partitionsCreated: String(random.integer(0, 24)),
    };
    const ended = {
      'runningTime (sec)': String(seconds),
      completionDate: new Date(endedAt).toISOString(),
      warningMessage: 'N/A',
    };
    return [started, say(endedAt, { state: 'Succeeded', message: 'Crawler Succeeded', ...changes, ...ended })];
  }
  const reason = random.chance(0.5)
    ? { errorMessage: 'Insufficient Lake Formation permission(s) on s3://example-raw/partner/' }
    : {};
  return [started, say(endedAt, { state: 'Failed', message: 'Crawler Failed', ...reason })];
}
