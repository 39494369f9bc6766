import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseQuery, readQueries, readViews } from '../../queries/read';

const good = '-- question: How many?\n-- column: runs bigint Runs that ended\n\nSELECT count(*) AS runs FROM state\n';

describe('a query file', () => {
  it('is its question, its columns and its statement', () => {
    const query = parseQuery('queries/how_many.sql', good);

    expect(query).toEqual({
      name: 'how_many',
      question: 'How many?',
      columns: [{ name: 'runs', type: 'bigint', meaning: 'Runs that ended' }],
      sql: 'SELECT count(*) AS runs FROM state',
    });
  });

  it('may have the line ends of Windows', () => {
    expect(parseQuery('how_many.sql', good.replaceAll('\n', '\r\n')).columns).toEqual(
      parseQuery('how_many.sql', good).columns,
    );
  });

  it.each([
    ['no question', good.replace('-- question: How many?\n', ''), 'q.sql:1: expected "-- question: …"'],
    [
      'no column',
      '-- question: How many?\n\nSELECT 1 AS one',
      'q.sql:2: expected "-- column: name trino_type meaning"',
    ],
    ['a column without meaning', good.replace(' Runs that ended', ''), 'q.sql:2: expected "-- column:'],
    ['an unknown type', good.replace('bigint', 'int64'), 'q.sql:2: type "int64" is none of varchar, bigint'],
    ['a shouted name', good.replace('column: runs', 'column: Runs'), 'q.sql:2: column "Runs" must be lower case'],
    [
      'a double column',
      good.replace('\n\n', '\n-- column: runs bigint Again\n\n'),
      'q.sql:3: column "runs" is declared twice',
    ],
    [
      'a closing semicolon',
      good.replace('FROM state', 'FROM state;'),
      'q.sql:5: the statement must not end in a semicolon',
    ],
    ['no statement', good.replace(/SELECT.*/, ''), 'q.sql:3: expected a statement that begins with SELECT or WITH'],
    ['a late header line', `${good}-- column: late bigint Too late\n`, 'q.sql:5: a header line must stand above'],
  ])('with %s is refused, and told where', (_, text, message) => {
    expect(() => parseQuery('q.sql', text)).toThrow(message);
  });

  it('with a name that no database takes is refused', () => {
    expect(() => parseQuery('How-Many.sql', good)).toThrow('How-Many.sql:1: the file name must be lower case');
  });
});

describe('the views', () => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  const write = (name: string, from: string) =>
    writeFileSync(
      join(folder, `${name}.sql`),
      `-- question: Q?\n-- column: a bigint A\n\nSELECT a AS a FROM ${from}\n`,
    );
  afterAll(() => rmSync(folder, { recursive: true }));

  it('come after the views that they select from', () => {
    write('alpha', 'beta');
    write('beta', 'gamma');
    write('gamma', 'state');

    expect(readViews(folder).map((view) => view.name)).toEqual(['gamma', 'beta', 'alpha']);
  });

  it('that select from each other are refused', () => {
    write('gamma', 'alpha');

    expect(() => readViews(folder)).toThrow('These views select from each other: alpha, beta, gamma');
  });
});

describe('what we ship', () => {
  it('has the views and named queries that the documents promise', () => {
    expect(readViews().map((view) => view.name)).toEqual(['monitor', 'run']);
    expect(readQueries().map((query) => query.name)).toEqual([
      'alerts',
      'durations',
      'failures',
      'recovery',
      'reliability',
      'unfinished',
      'untold',
    ]);
  });
});
