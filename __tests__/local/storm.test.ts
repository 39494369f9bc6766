import { objectOf } from '../../handler/event/json';
import { openBucket } from '../../local/bucket';
import { createClock } from '../../local/clock';
import { createGlue } from '../../local/glue';
import { createPipeline } from '../../local/pipeline';
import { readDeployment } from '../../local/terraform';
import { monitoringOf } from '../infra/stacks';

const start = Date.UTC(2026, 2, 1, 10);
const failures = 10_000;

/** The failures of a minute, all of them different runs. */
function failureOf(at: number, jobs: number) {
  const time = new Date(start + Math.floor((at * 60) / failures) * 1_000).toISOString().replace('.000', '');
  const message = `An error occurred while calling o${at}.save. No space left on device`;
  const detail = { jobName: `job-${at % jobs}`, jobRunId: `jr_${at}`, state: 'FAILED', message };
  const place = { account: '111122223333', region: 'eu-central-1', resources: [] };
  return { id: `e-${at}`, source: 'aws.glue', 'detail-type': 'Glue Job State Change', time, ...place, detail };
}

async function storm(jobs: number) {
  const deployment = readDeployment(JSON.parse(monitoringOf().text));
  const deployed = new Map(deployment.objects.map(({ key, content }) => [key, content]));
  const bucket = openBucket({ folder: '/nowhere', wrote: () => {} }, { deployed, isHidden: () => true });
  const clock = createClock(start);
  const posts: { at: number; body: string }[] = [];
  const slack = {
    post: (_url: string, body: string) => {
      posts.push({ at: clock.now() - start, body });
      return { status: 200, body: 'ok', retryAfterSeconds: null };
    },
    posted: () => posts.length,
    latest: () => [],
  };
  const log = { write: () => {}, close: () => {} };
  const pipeline = createPipeline({ deployment, clock, bucket, glue: createGlue(), slack, log });
  for (let at = 0; at < failures; at++) {
    const event = failureOf(at, jobs);
    await pipeline.advanceTo(Date.parse(event.time));
    pipeline.enter({ at: 'rules', event, text: JSON.stringify(event) });
  }
  await pipeline.drain();
  return { posts, ledger: ledgerOf(bucket), figures: pipeline.figures() };
}

/** The statuses in the ledger, each with its count. */
function ledgerOf(bucket: ReturnType<typeof openBucket>) {
  const counts: Record<string, number> = {};
  for (let after: string | null = null, more = true; more; ) {
    const page = bucket.list('monitor/notification/', after);
    for (const { key } of page.objects) {
      const status = String(objectOf(JSON.parse(bucket.get(key)?.body ?? 'null'))?.['status']);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    after = page.objects.at(-1)?.key ?? null;
    more = page.isTruncated;
  }
  return counts;
}

test.each([
  ['of as many jobs', failures, { sent: failures }],
  ['of one job', 1, { sent: 1, suppressed: failures - 1 }],
])(
  '10,000 failures within a minute, %s, are some posts, soon, and each is in the ledger',
  async (_what, jobs, expected) => {
    const { posts, ledger, figures } = await storm(jobs);

    expect(ledger).toEqual(expected);
    expect(posts.length).toBeLessThanOrEqual(60);
    expect(posts[0]?.at).toBeLessThanOrEqual(30_000);
    expect({ faults: figures.faults, deadLetters: figures.deadLetters.size }).toEqual({ faults: 0, deadLetters: 0 });
  },
);
