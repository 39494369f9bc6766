import { join } from 'node:path';
import type { GlueType } from '../../../../local/deployment';
import type { ParquetValue } from '../../../../local/openx';
import { javaProgram } from '../cache';
import { runCommand } from '../command';
import type { StreamFormat } from './stream';

/** What the reader made of one document: a value for each column of the table, or why it cannot. */
export type Reading = { readonly values: readonly ParquetValue[] } | { readonly error: string };

/** Reads documents with the OpenX JSON SerDe, as UTF-8, by the columns of the table. */
export function readWithSerDe(documents: readonly string[], { columns, properties }: StreamFormat): readonly Reading[] {
  const classPath = javaProgram('firehose-reader', {
    pom: join(__dirname, 'pom.xml'),
    source: join(__dirname, 'FirehoseReader.java'),
  });
  const table = {
    columns: columns.map(({ name }) => name).join(','),
    'columns.types': columns.map(({ type }) => type).join(':'),
  };
  const settings = Object.entries({ ...properties, ...table }).map(([name, value]) => `${name}=${value}`);
  const java = ['-XX:TieredStopAtLevel=1', '-cp', classPath, 'FirehoseReader', ...settings];
  const input = documents.map((document) => `${Buffer.from(document).toString('base64')}\n`).join('');
  const answers = runCommand('java', java, { input }).split('\n').slice(0, -1);
  if (answers.length !== documents.length) {
    throw new Error(`The reader answered ${answers.length} of ${documents.length} documents`);
  }
  return answers.map((answer) => readingOf(answer, columns));
}

function readingOf(answer: string, columns: StreamFormat['columns']): Reading {
  if (answer.startsWith('!')) return { error: decoded(answer) };
  const texts = answer.split(' ').map((text) => (text === '-' ? null : decoded(text)));
  return { values: columns.map(({ type }, at) => (texts[at] == null ? null : typed[type](texts[at]))) };
}

const typed: { readonly [T in GlueType]: (text: string) => ParquetValue } = {
  string: (text) => text,
  bigint: BigInt,
  double: Number,
  boolean: (text) => text === 'true',
  timestamp: Number,
};

/** After the sign that says what follows. */
function decoded(text: string): string {
  return Buffer.from(text.slice(1), 'base64').toString();
}
