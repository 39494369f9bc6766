import type { GlueColumn } from '../../local/deployment';
import { readDocument } from '../../local/openx';

/**
 * Why AWS would refuse a document, or lose a part of it in silence; null for one that becomes a row as a whole. It stands
 * before the SerDe, which is more lenient than AWS, and rests on the local run's own reader, which is as strict.
 */
export function refusalOf(document: string, columns: readonly GlueColumn[]): string | null {
  const dropped: string[] = [];
  const row = readDocument(document, columns, (key) => dropped.push(key));
  if ('code' in row) return `${row.code}: ${row.message}`;
  if (dropped.length > 0) return `no column takes the key ${dropped.join(', ')}`;
  const keys = Object.keys(JSON.parse(document));
  const upper = keys.filter((key) => key !== key.toLowerCase());
  if (upper.length > 0) return `the key ${upper.join(', ')} is not in lower case`;
  const missing = columns.filter(({ name }) => !keys.includes(name)).map(({ name }) => name);
  return missing.length > 0 ? `no key is for the column ${missing.join(', ')}` : null;
}
