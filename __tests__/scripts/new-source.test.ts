import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skeletons, wordsOf } from '../../scripts/new-source/skeleton';

const root = join(__dirname, '../..');

describe('the name of a new source', () => {
  it.each(['bedrock-batch', 'bedrock_batch', ' Bedrock Batch '])('%j is bedrock batch', (name) => {
    expect(wordsOf(name)).toEqual(['bedrock', 'batch']);
  });

  it.each(['', '-', '2fast', 'a/b', '../evil', 'é', 'a-name-that-no-rule-has-room-for'])('%j is none', (name) => {
    expect(wordsOf(name)).toBeNull();
  });

  it('names the file in kebab-case and the service type in snake case', () => {
    const [source] = skeletons(['bedrock', 'batch']);

    expect(source?.path).toBe('handler/normalise/sources/bedrock-batch.ts');
    expect(source?.text).toContain("name: 'bedrock_batch'");
    expect(source?.text).toContain("title: 'Bedrock batch'");
  });
});

describe('npm run new-source', () => {
  const copy = mkdtempSync(join(tmpdir(), 'new-source-'));
  const run = (...words: readonly string[]) =>
    spawnSync('npm', ['run', '--silent', ...words], { cwd: copy, encoding: 'utf8' });
  beforeAll(() => {
    const parts = ['handler', 'infra', 'queries', 'scripts', 'docs', 'package.json', 'tsconfig.json', 'README.md'];
    for (const part of parts) {
      if (existsSync(join(root, part))) cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true }));

  it('writes a source that works, a sample, and lists it everywhere', () => {
    const { status, stdout, stderr } = run('new-source', '--', 'bedrock-batch');

    expect({ status, stderr: stderr.replace(/^npm warn.*\n/gm, '') }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('What to do next');
    expect(stdout).toContain('filters: name the fields by which config.ts may narrow the source');
    const read = (path: string) => readFileSync(join(copy, path), 'utf8');
    expect(read('handler/normalise/sources.generated.ts')).toContain(
      "import bedrockBatch from './sources/bedrock-batch'",
    );
    expect(read('docs/sources.md')).toContain('## Bedrock batch');
    expect(read('docs/configuration.md')).toContain('`sources.bedrock_batch`');
    expect(existsSync(join(copy, '__tests__/fixtures/events/bedrock_batch/failed.expected.json'))).toBe(true);
    expect(JSON.parse(read('__tests__/fixtures/events/bedrock_batch/queued.json'))).toMatchObject({
      detail: { state: 'QUEUED' },
    });
    expect(JSON.parse(read('__tests__/fixtures/events/bedrock_batch/queued.expected.json'))).toEqual({
      quarantine: 'the pattern of bedrock_batch leaves it out: an intermediate state',
    });
  });

  it('does not touch a source that is there', () => {
    const before = readFileSync(join(copy, 'handler/normalise/sources/glue-job.ts'), 'utf8');

    const { status, stderr } = run('new-source', '--', 'glue-job');

    expect(status).toBe(1);
    expect(stderr).toContain('handler/normalise/sources/glue-job.ts is there already');
    expect(readFileSync(join(copy, 'handler/normalise/sources/glue-job.ts'), 'utf8')).toBe(before);
  });

  it('says what a name looks like', () => {
    const { status, stderr } = run('new-source');

    expect(status).toBe(2);
    expect(stderr).toContain('NAME is letters and digits in words joined by dashes');
  });
});
