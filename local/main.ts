import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type BucketContent, lakeKeys, openBucket } from './bucket';
import { createClock, type VirtualClock } from './clock';
import type { Deployment } from './deployment';
import { arrivalOf, countEvents, entryOf } from './entry';
import { readEvents } from './events';
import { listInput } from './input-files';
import { openLake } from './lake';
import { openLines } from './lines';
import type { Output } from './output';
import { createPipeline, type Pipeline } from './pipeline';
import { openSlack, type Slack } from './slack';
import { slackPage } from './slack-page';
import { type Summary, summarise } from './summary';
import { surveyInput } from './survey';
import { renderReport } from './terminal';
import { harmless } from './terminal-text';
import { readDeployment } from './terraform';

/** What a local run is told. */
export interface LocalRunOptions {
  /** The synthesised `cdk.tf.json` of the monitoring stack. */
  readonly terraform: string;
  /** A file or a folder of events. */
  readonly events: string;
  /** The folder of all that was synthesised, kept as `terraform/` in the output; leave it out to keep none. */
  readonly synthesised?: string;
  readonly output: Output;
  readonly print: (text: string) => void;
  /** Told how many events were read so far; leave it out where nobody watches. */
  readonly onProgress?: (read: number) => void;
  /** The machine's clock, for input that tells no time; milliseconds since the epoch. */
  readonly realNow?: number;
}

/**
 * Replays events through the pipeline that the Terraform describes, with the deployed handler code, on a virtual clock.
 * @returns the closing numbers; `problems` is empty when every event is accounted for.
 * @throws Error when the Terraform, the events or the output folder cannot be used.
 */
export async function runLocally(options: LocalRunOptions): Promise<Summary> {
  const { output, print, realNow = Date.now() } = options;
  const out = output.folder;
  const deployment = readDeployment(readJson(options.terraform));
  const { files, ignored } = listInput(options.events);
  const { firstAt, glue } = await surveyInput(files, realNow);
  const lines = ['slack.jsonl', 'slack.html', 'handler.log', 'summary.json'].map((name) => join(out, name));
  output.reserve(['terraform', 'lake', ...lines.map((file) => basename(file)), ...keyFolders(deployment)]);
  if (options.synthesised !== undefined) keepTerraform(options.synthesised, output);
  lines.forEach(output.wrote);
  const clock = createClock(firstAt ?? realNow);
  const bucket = openBucket(output, contentOf(deployment));
  const [slackLines, log] = [openLines(join(out, 'slack.jsonl')), openLines(join(out, 'handler.log'))];
  const slack = openSlack(slackLines);
  const pipeline = createPipeline({ deployment, clock, bucket, glue, slack, log });
  let read = 0;
  try {
    read = await replay(pipeline, files, { clock, realNow, ...options });
  } finally {
    slackLines.close();
    log.close();
    writeFileSync(join(out, 'slack.html'), slackPage(slack.latest(), slack.posted()));
  }
  const lake = await openLake({ deployment, pathOf: bucket.pathOf, now: clock.now() });
  try {
    const summary = await summarise(lake, pipeline.figures(), { read, messages: slack.posted(), deployment });
    writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
    if (ignored.length > 0) {
      print(harmless(`Left out, because no events are in such files: ${ignored.join(', ')}\n`));
    }
    const reliability = await lake.run('reliability').catch(() => null);
    print(renderReport({ summary, reliability, messages: lastBodies(slack), out }));
    return summary;
  } finally {
    lake.close();
  }
}

/** Those that a terminal has room for. */
function lastBodies({ latest }: Slack): readonly string[] {
  return latest()
    .slice(-3)
    .map(({ body }) => body);
}

interface ReplayOptions {
  readonly clock: VirtualClock;
  readonly realNow: number;
  readonly onProgress?: (read: number) => void;
}

/** Lets every input enter at its time, then lets the pipeline come to rest; counts the events. */
async function replay(pipeline: Pipeline, files: readonly string[], options: ReplayOptions): Promise<number> {
  const { clock, realNow, onProgress } = options;
  let read = 0;
  for await (const input of readEvents(files)) {
    await pipeline.advanceTo(Math.max(clock.now(), arrivalOf(input, realNow) ?? 0));
    const entry = entryOf(input);
    pipeline.enter(entry);
    read += countEvents(entry);
    onProgress?.(read);
  }
  await pipeline.drain();
  return read;
}

function keepTerraform(synthesised: string, { folder, wrote }: Output): void {
  for (const entry of readdirSync(synthesised, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) wrote(join(folder, 'terraform', relative(synthesised, join(entry.parentPath, entry.name))));
  }
  cpSync(synthesised, join(folder, 'terraform'), { recursive: true });
}

function readJson(path: string): unknown {
  if (!existsSync(path)) {
    throw new Error(`${path} is not there; npm run synth writes it as cdktf.out/stacks/monitoring/cdk.tf.json`);
  }
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Causes are two keys of one failure each, which nobody reads; as files they would double what a run leaves. */
function contentOf({ objects, functions }: Deployment): BucketContent {
  const hidden = functions.flatMap(({ variables }) => variables['CAUSE_PREFIX'] ?? []);
  return {
    deployed: new Map(objects.map(({ key, content }) => [key, content])),
    isHidden: (key) => hidden.some((prefix) => key.startsWith(prefix)),
  };
}

/** The first folder of every key that is written beside the lake: quarantine, what is remembered of tasks, what Firehose could not convert. */
function keyFolders({ functions, streams }: Deployment): readonly string[] {
  const prefixes = [
    ...functions.flatMap(({ variables }) => Object.entries(variables).filter(([name]) => name.endsWith('_PREFIX'))),
    ...streams.map(({ errorPrefix }) => ['', errorPrefix] as const),
  ].map(([, prefix]) => prefix.split('/')[0] ?? '');
  return [...new Set(prefixes)].filter((folder) => /^[\w-]+$/.test(folder) && `${folder}/` !== lakeKeys);
}
