import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sources } from '../../handler/normalise/sources.generated';
import { configurationPage } from './configuration-page';
import type { GeneratedFile } from './generated-file';
import { recordPage } from './record-page';
import { sourcesPage, sourcesTable } from './sources-page';

const openMark = '<!-- sources -->';
const closeMark = '<!-- /sources -->';

/** Every generated document: three pages, and the table of sources in the README. */
export function documents(root: string): readonly GeneratedFile[] {
  return [
    { path: 'docs/record.md', text: recordPage() },
    { path: 'docs/sources.md', text: sourcesPage(sources) },
    { path: 'docs/configuration.md', text: configurationPage() },
    ...readme(root),
  ];
}

function readme(root: string): readonly GeneratedFile[] {
  const path = join(root, 'README.md');
  return existsSync(path) ? [{ path: 'README.md', text: withTable(readFileSync(path, 'utf8')) }] : [];
}

/**
 * The README with a fresh table of sources between its marks.
 * @throws Error when a mark is missing.
 */
export function withTable(text: string): string {
  const from = text.indexOf(openMark);
  const to = text.indexOf(closeMark);
  if (from < 0 || to < from) throw new Error(`README.md: expected ${openMark} and, after it, ${closeMark}`);
  return `${text.slice(0, from)}${openMark}\n${sourcesTable(sources)}\n${text.slice(to)}`;
}
