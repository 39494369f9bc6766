import { cpSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesIndex } from '../scripts/generate/sources-index';
import { bundleInto, inFolder, root } from './bundle';
import { mixedEvents, roundsOf } from './handler';

/** The sources that the project began with, as files; what is more is measured against them. */
const first = ['glue-crawler.ts', 'glue-job.ts', 'lambda.ts', 'step-functions.ts'];
/** Processes of both kinds take turns, and the quickest of each counts: what is slower was disturbed. */
const turns = 3;

/** What more sources cost. */
export interface SourcesFigures {
  readonly few: number;
  readonly all: number;
  /** Processor time per event of the few sources, microseconds: with them alone, and with all. */
  readonly persistWithFew: number;
  readonly persistWithAll: number;
  /** How much the bundle of the image grows, bytes. */
  readonly growth: number;
}

/** Measures persist on the same events with the first sources and with all, and how much larger the bundle is. */
export function measureSources(node: string): SourcesFigures {
  return inFolder((folder) => {
    const copy = handlerOfFew(folder);
    const lines = mixedEvents(/"(?:Glue|Step Functions|Lambda) |"requestContext"/);
    const [fewBundle, allBundle] = [join(folder, 'few.js'), join(folder, 'all.js')];
    const entry = 'bench/handler-rounds.ts';
    bundleInto(fewBundle, entry, copy);
    bundleInto(allBundle, entry);
    const times = Array.from({ length: turns }, () => ({
      few: roundsOf(node, fewBundle, lines).persist,
      all: roundsOf(node, allBundle, lines).persist,
    }));
    return {
      few: first.length,
      all: readdirSync(join(root, 'handler/normalise/sources')).length,
      persistWithFew: Math.min(...times.map(({ few }) => few)),
      persistWithAll: Math.min(...times.map(({ all }) => all)),
      growth: sizeOf(folder, root) - sizeOf(folder, copy),
    };
  });
}

/** A copy of what is bundled that knows the first sources only. */
function handlerOfFew(folder: string): string {
  const copy = join(folder, 'few');
  for (const part of ['handler', 'bench', 'scripts', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const sources = join(copy, 'handler/normalise/sources');
  for (const file of readdirSync(sources).filter((name) => !first.includes(name))) rmSync(join(sources, file));
  const { path, text } = sourcesIndex(copy);
  writeFileSync(join(copy, path), text);
  return copy;
}

function sizeOf(folder: string, project: string): number {
  const bundle = join(folder, 'index.js');
  bundleInto(bundle, 'handler/index.ts', project);
  return statSync(bundle).size;
}
