import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { measureBundle, measureColdStart } from './cold-start';
import { measureHandler } from './handler';
import { type LocalRunFigures, measureLocalRun } from './local';
import { measureSources } from './sources';

/** The parts of the benchmark, by the name that runs one alone. */
const parts: Readonly<Record<string, (node: string) => void | Promise<void>>> = {
  handler: printHandler,
  sources: printSources,
  'cold-start': printColdStart,
  bundle: printBundle,
  local: printLocal,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { node: { type: 'string' } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}`);
  }
  const node = values.node ?? process.execPath;
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`Handler and cold start under Node ${version}; the image's own Node: npm run bench -- --node PATH\n`);
  for (const [name, print] of Object.entries(parts)) {
    if (positionals.length === 0 || positionals.includes(name)) {
      await print(node);
    }
  }
}

function printHandler(node: string): void {
  const { persist, inputFloor, rowFloor, inputBytes, rowBytes } = measureHandler(node);
  say('Handler, processor time per event on batches of 100 mixed events', [
    ['persist', `${persist.toFixed(1)} µs`],
    [`times JSON.parse + JSON.stringify of the input (${inputBytes.toFixed(0)} bytes)`, times(persist, inputFloor)],
    [
      `times JSON.parse of the input + JSON.stringify of the row (${rowBytes.toFixed(0)} bytes)`,
      times(persist, rowFloor),
    ],
  ]);
}

function printSources(node: string): void {
  const { few, all, persistWithFew, persistWithAll, growth } = measureSources(node);
  say(`Sources, processor time per event on batches of 100 events of the first ${few}`, [
    [`persist with ${few} sources`, `${persistWithFew.toFixed(1)} µs`],
    [`persist with ${all} sources`, `${persistWithAll.toFixed(1)} µs`],
    ['times that of the few', times(persistWithAll, persistWithFew)],
    ['more in the bundle', `${(growth / 1_000).toFixed(1)} kB`],
  ]);
}

async function printColdStart(node: string): Promise<void> {
  const { handler, bare, handlerLoaded, bareLoaded } = await measureColdStart(node);
  say('Cold start, from the start of the process to the first answer', [
    ['persist', `${handler.toFixed(0)} ms`],
    ['times a bare handler with the same clients and the same first request', times(handler, bare)],
    ['loading alone, times the bare one', times(handlerLoaded, bareLoaded)],
  ]);
}

function printBundle(): void {
  const { bytes, gzipBytes } = measureBundle();
  say('Bundle', [['size', `${(bytes / 1_000).toFixed(0)} kB, compressed ${(gzipBytes / 1_000).toFixed(0)} kB`]]);
}

function printLocal(): void {
  const [few, many] = [measureLocalRun(10_000), measureLocalRun(100_000)];
  const lines = [few, many].map(({ events, ...figures }) => [`${events} events`, figuresOf(figures)] as const);
  const growth = times(many.peakMemoryBytes, few.peakMemoryBytes);
  say('Local run', [...lines, ['peak memory, ten times the events over these', growth]]);
}

function figuresOf({ eventsPerSecond, peakMemoryBytes }: Omit<LocalRunFigures, 'events'>): string {
  return `${eventsPerSecond.toFixed(0)} a second, peak memory ${(peakMemoryBytes / 1_000_000).toFixed(0)} MB`;
}

function times(value: number, floor: number): string {
  return `${(value / floor).toFixed(2)} ×`;
}

function say(title: string, lines: readonly (readonly [string, string])[]): void {
  console.log(`${title}\n${lines.map(([what, figure]) => `  ${figure.padStart(10)}  ${what}`).join('\n')}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
