import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documents, withTable } from '../../scripts/generate/documents';
import { isStale } from '../../scripts/generate/generated-file';
import { sourcesIndex } from '../../scripts/generate/sources-index';

const root = join(__dirname, '../..');

describe('the generated files', () => {
  it.each([sourcesIndex(root), ...documents(root)])(
    '$path is what it is made from; else run: npm run generate',
    (file) => {
      expect(isStale(root, file)).toBe(false);
    },
  );

  it('include the table in the README', () => {
    expect(documents(root).map(({ path }) => path)).toContain('README.md');
  });
});

describe('the index of sources', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sources-'));
  const sources = join(folder, 'handler/normalise/sources');
  beforeAll(() => mkdirSync(sources, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lists the files of the folder by name', () => {
    for (const file of ['b-two.ts', 'a-one.ts', 'notes.md']) writeFileSync(join(sources, file), '');

    const { text } = sourcesIndex(folder);

    expect(text).toContain("import aOne from './sources/a-one';\nimport bTwo from './sources/b-two';");
    expect(text).toContain('[aOne, bTwo]');
  });

  it('refuses a file that is not named in kebab-case', () => {
    writeFileSync(join(sources, 'glueJob.ts'), '');

    expect(() => sourcesIndex(folder)).toThrow('handler/normalise/sources/glueJob.ts: a source');
  });
});

describe('the table in the README', () => {
  it('stands between its marks, and nothing else changes', () => {
    const text = withTable('before\n<!-- sources -->\nold\n<!-- /sources -->\nafter\n');

    expect(text).toMatch(/^before\n<!-- sources -->\n\| service .*<!-- \/sources -->\nafter\n$/s);
    expect(text).not.toContain('old');
    expect(withTable(text)).toBe(text);
  });

  it('needs both marks', () => {
    expect(() => withTable('<!-- /sources --> <!-- sources -->')).toThrow('README.md: expected <!-- sources -->');
  });
});
