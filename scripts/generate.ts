import { join } from 'node:path';
import { writeIfChanged } from './generate/generated-file';
import { sourcesIndex } from './generate/sources-index';

/** Writes every generated file anew; the index first, because the documents are made from what it lists. */
async function generate(root: string): Promise<void> {
  const index = sourcesIndex(root);
  const changed = writeIfChanged(root, index) ? [index.path] : [];
  const { documents } = await import('./generate/documents.js');
  changed.push(
    ...documents(root)
      .filter((file) => writeIfChanged(root, file))
      .map((file) => file.path),
  );
  console.log(changed.length === 0 ? 'Everything was up to date.' : `Wrote ${changed.join(', ')}`);
}

generate(join(__dirname, '..')).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
