import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { DuckDBInstance } from '@duckdb/node-api';
import { transformSync } from '@swc/core';
import { columns } from '../../handler/record/schema';
import { type ConfigurationExport, defineConfig, readInstallation } from '../../infra/config';
import { blocksOf } from './guide/document';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
const blocks = blocksOf(text);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

function written(language: string): readonly (readonly [heading: string, text: string])[] {
  return blocks.filter((block) => block.language === language).map((block) => [block.heading, block.text]);
}

describe('what docs/deploy.md shows', () => {
  test.each(written('json'))('the JSON under "%s" can be read', (_heading, json) => {
    expect(() => JSON.parse(json)).not.toThrow();
  });

  test.each(written('ts'))('the configuration under "%s" is accepted', (_heading, code) => {
    const config = configurationIn(code);
    const accounts = ['123456789012', ...(code.includes('arn:aws:') ? [] : ['210987654321', '111122223333'])];

    for (const ACCOUNT of accounts) {
      expect(() => readInstallation(config, { ACCOUNT, REGION: 'eu-central-1' })).not.toThrow();
    }
  });

  test.each(written('sql'))('the SQL under "%s" runs on the table', async (_heading, sql) => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`CREATE TABLE state (${columns.map(({ name }) => `${name} VARCHAR`).join(', ')})`);

    const result = await connection.runAndReadAll(sql);

    expect(result.columnNames()).toContain('error_message');
  });

  test('each kind of block is there to be looked at', () => {
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh', 'ts', 'json', 'sql']));
  });

  test('every npm script that it names is there', () => {
    const named = [...text.matchAll(/npm (?:run )?([a-z][\w:-]*)/g)].map(([, name]) => name ?? '');

    expect(named).toContain('image');
    expect(named.filter((name) => !(name in scripts) && name !== 'ci')).toEqual([]);
  });

  test('every file and every part of it that it links to is there', () => {
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `#${anchorOf(heading ?? '')}`);

    expect(links.length).toBeGreaterThan(8);
    expect(
      links.filter((link) => (link.startsWith('#') ? !headings.includes(link) : !existsSync(join(root, 'docs', link)))),
    ).toEqual([]);
  });
});

describe.each(readdirSync(join(root, 'docs', 'workflows')))('the workflow %s', (name) => {
  const workflow = readFileSync(join(root, 'docs', 'workflows', name), 'utf8');

  test('pins every action to a commit, and says which version that is', () => {
    const uses = [...workflow.matchAll(/uses: *(.*)$/gm)].map(([, action]) => action ?? '');

    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test('runs npm scripts that are there', () => {
    const named = [...workflow.matchAll(/npm (?:run )?([a-z][\w:-]*)/g)].map(([, script]) => script ?? '');

    expect(named).toContain('synth');
    expect(named.filter((script) => !(script in scripts) && script !== 'ci')).toEqual([]);
  });

  test('has a token that reads and no more, and asks for an identity only where it signs in to AWS', () => {
    const granted = [...workflow.matchAll(/^ +([a-z-]+): (write|read)$/gm)].map(
      ([, what, right]) => `${what} ${right}`,
    );
    const signsIn = workflow.includes('aws-actions/configure-aws-credentials');

    expect(granted).toEqual(signsIn ? ['contents read', 'id-token write'] : ['contents read']);
    expect(workflow).toMatch(/^permissions:/m);
  });
});

/** What a block would be in `config.ts`: the whole of it, or some keys. */
function configurationIn(code: string): ConfigurationExport {
  const whole = code.includes('export default') ? code : `export default defineConfig({ ${code} });`;
  const options = {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  } as const;
  const exports: { default?: ConfigurationExport } = {};
  runInNewContext(transformSync(whole, options).code, { exports, defineConfig });
  if (exports.default === undefined) throw new Error(`Nothing is exported by:\n${code}`);
  return exports.default;
}

/** As GitHub makes the anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
