import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { scripts } from '../../package.json';

const root = join(__dirname, '../..');
const checked = scripts['check:imports'].split(' ').slice(3);

/** One violation per rule: the rule, the file that breaks it, and the import that does. */
const plants: readonly (readonly [rule: string, file: string, line: string])[] = [
  ['errors-stand-alone', 'handler/errors.ts', "import './record/schema';"],
  ['record-is-pure', 'handler/record/identity.ts', "import type { Event } from '../event/json';"],
  ['event-is-pure', 'handler/event/unwrap.ts', "import 'node:fs';"],
  ['redact-is-pure', 'handler/redact.ts', "import 'valibot';"],
  ['ports-are-types', 'handler/ports.ts', "import 'node:http';"],
  ['log-and-metrics-know-no-stage', 'handler/metrics.ts', "import './record/schema';"],
  ['settings-are-data', 'handler/settings.ts', "import 'node:fs';"],
  ['environment-is-data', 'handler/environment.ts', "import 'node:process';"],
  ['normalise-is-pure', 'handler/normalise/time.ts', "import 'node:os';"],
  ['settings-as-types', 'handler/normalise/detail.ts', "import { a } from '../settings'; a;"],
  ['sources-stand-alone', 'handler/normalise/sources/glue-job.ts', "import './lambda';"],
  ['sources-by-index', 'handler/normalise/index.ts', "import './sources/lambda';"],
  ['enrich-fills-records', 'handler/enrich/run.ts', "import '../normalise/source';"],
  ['deliver-knows-records-only', 'handler/deliver/firehose.ts', "import '../normalise/source';"],
  ['alert-decisions-are-pure', 'handler/alert/decide.ts', "import type { Log } from '../log';"],
  ['alert-knows-records-only', 'handler/alert/slack.ts', "import '../normalise/source';"],
  ['handler-stands-alone', 'handler/log.ts', "import '../queries/read';"],
  ['handler-ships-what-it-imports', 'handler/deliver/parquet.ts', "import 'parquet-wasm';"],
  ['entry-points-are-last', 'handler/alert/ledger.ts', "import '../process';"],
  ['infra-reads-data-only', 'infra/stack.ts', "import '../handler/redact';"],
  ['cdktf-in-infra-only', 'scripts/start.ts', "import 'constructs';"],
  ['local-reads-the-terraform', 'local/lake.ts', "import type { Column } from '../handler/record/schema';"],
  ['queries-stand-alone', 'queries/bind.ts', "import '../handler/log';"],
  ['replay-delivers-again', 'replay/all.ts', "import '../handler/process';"],
  ['silence-writes-silences', 'silence/all.ts', "import '../handler/process';"],
  ['explain-asks-the-handler', 'explain/all.ts', "import '../queries/read';"],
  ['simulation-looks-from-outside', 'simulation/all.ts', "import '../handler/record/schema';"],
  ['image-script-reads-the-tag', 'scripts/image.ts', "import '../handler/process';"],
  ['examples-are-independent', 'examples/make.ts', "import '../handler/record/schema';"],
  ['tests-are-leaves', 'local/clock.ts', "import '../__tests__/fixture';"],
  ['no-cycles', 'bench/a.ts', "import './b';"],
  ['nothing-unresolved', 'bench/lost.ts', "import './nowhere';"],
];

/** Sound files for the plants to import. */
const bystanders: readonly (readonly [file: string, line: string])[] = [
  ['main.ts', "import './config';"],
  ['config.ts', ''],
  ['handler/process.ts', ''],
  ['handler/event/json.ts', 'export type Event = string;'],
  ['handler/record/schema.ts', 'export type Column = string;'],
  ['handler/normalise/source.ts', ''],
  ['handler/normalise/sources/lambda.ts', ''],
  ['handler/alert/message.ts', "import type { a } from '../settings'; export type A = typeof a;"],
  ['queries/read.ts', ''],
  ['bench/b.ts', "import './a';"],
  ['__tests__/fixture.ts', ''],
  ...['valibot', 'constructs', 'parquet-wasm'].map((name) => [`node_modules/${name}/index.js`, ''] as const),
];

interface Rule {
  readonly name: string;
  readonly comment: string;
  readonly from: { readonly path?: string };
}

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly Rule[] };
  };
}

function cruise(folder: string, paths: readonly string[]): Cruise {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...options, ...paths], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (stdout === '') throw new Error(`dependency-cruiser said nothing: ${stderr}`);
  return JSON.parse(stdout) as Cruise;
}

describe('the rules of who imports whom', () => {
  const sandbox = mkdtempSync(join(tmpdir(), 'imports-'));
  let rules: Cruise['summary']['ruleSetUsed']['forbidden'] = [];
  let told: readonly string[] = [];

  beforeAll(() => {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, file), join(sandbox, file));
    }
    for (const [file, line] of [...bystanders, ...plants.map(([, file, line]) => [file, line] as const)]) {
      mkdirSync(join(sandbox, dirname(file)), { recursive: true });
      writeFileSync(join(sandbox, file), file.startsWith('node_modules/') ? '' : `${line}\nexport const a = 1;\n`);
    }
    const present = checked.filter((path) => existsSync(join(sandbox, path)));
    const { summary } = cruise(sandbox, present);
    rules = summary.ruleSetUsed.forbidden;
    told = summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
  });
  afterAll(() => rmSync(sandbox, { recursive: true }));

  it.each(plants)('%s is told when %s breaks it', (rule, file) => {
    expect(told).toContain(`${rule} ${file}`);
  });

  it('leave sound files alone', () => {
    const accused = bystanders.map(([file]) => file).filter((file) => told.some((line) => line.endsWith(` ${file}`)));

    expect(accused).toEqual([]);
  });

  it('have a violation planted for each, and say why they are there', () => {
    expect(rules.map((rule) => rule.name).sort()).toEqual(plants.map(([rule]) => rule).sort());
    expect(rules.filter((rule) => rule.comment.length < 30)).toEqual([]);
  });
});

describe('the tree', () => {
  const paths = checked.filter((path) => existsSync(join(root, path)));
  let seen: Cruise;
  beforeAll(() => {
    seen = cruise(root, paths);
  });

  it('keeps the rules', () => {
    expect(seen.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  });

  it('has files for every rule: none speaks of a folder that is not there', () => {
    const sources = seen.modules.map((module) => module.source);
    const idle = seen.summary.ruleSetUsed.forbidden.filter(({ from }) => {
      return from.path !== undefined && !sources.some((source) => new RegExp(from.path ?? '').test(source));
    });

    expect(idle.map(({ name }) => name)).toEqual([]);
  });

  it('was seen whole: every TypeScript file of ours was checked', () => {
    const files = paths.flatMap((path) => typeScriptFiles(path));
    const cruised = new Set(seen.modules.map((module) => module.source));

    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !cruised.has(file))).toEqual([]);
  });
});

function typeScriptFiles(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(path, file));
}
