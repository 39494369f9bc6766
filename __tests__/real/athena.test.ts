import { notificationColumns } from '../../handler/record/notification';
import { columns, type LogicalType } from '../../handler/record/schema';
import { type Query, readQueries, readViews } from '../../queries/read';
import { describeWithTerraform } from './parts/terraform/tool';
import { type Athena, openAthena } from './parts/trino/athena';
import { differenceOf, plainRows } from './parts/trino/compare';
import { daysAskedFor, daysRead } from './parts/trino/partitions';

const stops: (() => Promise<void>)[] = [];
let athena: Athena;

/** What Trino and the local lake answer to one statement; to both it is the same instant. */
async function askBoth(sql: string) {
  const answer = await athena.ask(sql);
  const lake = await athena.lakeAt(answer.askedAt);
  try {
    const local = await lake.query(sql);
    const types = answer.columns.map(({ name, type }) => `${name} ${type}`);
    const rows = plainRows(answer.columns, answer.rows);
    return { types, rows, localNames: local.columns, localRows: plainRows(answer.columns, local.rows) };
  } finally {
    lake.close();
  }
}

const trinoTypeOf = {
  string: 'varchar',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
} as const satisfies Record<LogicalType, string>;

const declaredTypes = ({ columns: declared }: Query) => declared.map(({ name, type }) => `${name} ${type}`);
const namesOf = (queries: readonly Query[]) => queries.map(({ name }) => name).sort();

function tables(tableType: string) {
  return Object.values(athena.applied).filter((it) => it['table_type'] === tableType);
}

function namedQuery(name: string) {
  const queries = Object.entries(athena.applied).filter(([address]) => address.startsWith('aws_athena_named_query.'));
  const found = queries.find(([, query]) => query['name'] === name);
  if (found === undefined) throw new Error(`Terraform deploys no named query ${name}`);
  return { sql: String(found[1]['query']), question: String(found[1]['description']) };
}

describeWithTerraform('the catalogue as Terraform deploys it', () => {
  beforeAll(async () => {
    athena = await openAthena((stop) => stops.push(stop));
  }, 900_000);
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  describe('the table state', () => {
    it('is filled by a local run that loses nothing', () => {
      expect(athena.fromEvents.problems).toEqual([]);
      expect(athena.fromEvents.rows).toBeGreaterThan(0);
    });

    it('lies where the files are, in partitions that Athena finds', async () => {
      const { rows } = await athena.ask('SELECT count(*), count(DISTINCT dt) FROM state');

      const days = new Set(athena.stored.keys.map((key) => /dt=([^/]+)/.exec(key)?.[1]));
      const table = tables('EXTERNAL_TABLE').find(({ name }) => name === 'state');
      const [descriptor] = (table?.['storage_descriptor'] ?? []) as readonly { readonly location: string }[];
      const said = { location: descriptor?.location, ...(table?.['parameters'] ?? {}) };
      // On one line, so that a failure shows it beside what was found.
      const where = {
        table: Object.entries(said)
          .map(([name, value]) => `${name}=${value}`)
          .join(' '),
        file: athena.stored.keys[0],
      };
      const [found = []] = rows;
      expect({ ...where, rows: found[0], days: found[1] }).toEqual({
        ...where,
        rows: athena.stored.rows,
        days: days.size,
      });
    });

    it('gives back every value of every column as it was written', async () => {
      const answer = await athena.ask("SELECT * FROM state WHERE event_id LIKE 'event-%' OR service_name = 'extremes'");

      const written = athena.unusual.map((row) => ({
        ...Object.fromEntries(columns.map(({ name }) => [name, row[name]])),
        dt: row.recorded_at.slice(0, 10),
      }));
      expect(answer.columns.map(({ name }) => name)).toEqual([...columns.map(({ name }) => name), 'dt']);
      expect(differenceOf(plainRows(answer.columns, answer.rows), written)).toBeNull();
    });

    it('holds the same rows as the local lake', async () => {
      const { rows, localRows, types, localNames } = await askBoth('SELECT * FROM state');

      expect(localNames).toEqual(types.map((type) => type.split(' ')[0]));
      expect(differenceOf(rows, localRows)).toBeNull();
    });
  });

  describe('the table notification', () => {
    it('has the columns of the ledger, and the same rows as the local lake', async () => {
      const { rows, localRows, types } = await askBoth('SELECT * FROM notification');

      const declared = notificationColumns.map(({ name, type }) => `${name} ${trinoTypeOf[type]}`);
      expect(rows.length).toBeGreaterThan(0);
      expect(types).toEqual([...declared, 'dt varchar']);
      expect(differenceOf(rows, localRows)).toBeNull();
    });
  });

  describe('the views', () => {
    it('are all deployed, and Athena takes none of them for a table', async () => {
      const deployed = tables('VIRTUAL_VIEW').map((view) => String(view['name']));
      const mistaken: string[] = [];
      for (const name of deployed) {
        const right = 'a view needs presto_view = "true" and comment = "Presto View", and no description';
        await athena
          .ask(`SHOW CREATE VIEW "${name}"`)
          .catch((error: Error) => mistaken.push(`${name}: ${error.message}; ${right}`));
      }

      expect(deployed.sort()).toEqual(namesOf(readViews()));
      expect(mistaken).toEqual([]);
    });

    it.each(readViews().map((view) => [view.name, view] as const))(
      '%s has the columns that it declares, and the same rows as the local lake',
      async (name, view) => {
        const { rows, localRows, types } = await askBoth(`SELECT * FROM "${name}"`);

        expect(rows.length).toBeGreaterThan(0);
        expect(types).toEqual(declaredTypes(view));
        expect(differenceOf(rows, localRows)).toBeNull();
      },
    );
  });

  describe('the named queries', () => {
    it('are all deployed', () => {
      const deployed = Object.keys(athena.applied).filter((address) => address.startsWith('aws_athena_named_query.'));

      expect(deployed.map((address) => athena.applied[address]?.['name']).sort()).toEqual(namesOf(readQueries()));
    });

    it.each(readQueries().map((query) => [query.name, query] as const))(
      '%s gives the columns that it declares, and the same rows as the local lake, in the same order',
      async (name, query) => {
        const { rows, localRows, types } = await askBoth(namedQuery(name).sql);

        expect(rows.length).toBeGreaterThan(0);
        expect(types).toEqual(declaredTypes(query));
        expect(differenceOf(rows, localRows)).toBeNull();
        expect(rows).toEqual(localRows);
      },
    );

    it.each(namesOf(readQueries()))(
      '%s reads the partitions of the days that it asks for, and no others',
      async (name) => {
        const { sql, question } = namedQuery(name);
        const { rows, askedAt } = await athena.ask(`EXPLAIN (TYPE IO) ${sql}`);

        const tables = [...sql.matchAll(/\bFROM (state|notification)\b/g)].map(([, table = '']) => table);
        const days = tables.map((table) => ({ table, days: daysRead(String(rows[0]?.[0]), table) ?? 'all' }));
        const asked = daysAskedFor(question, askedAt);
        expect({ question, days }).toEqual({ question, days: tables.map((table) => ({ table, days: asked })) });
      },
    );
  });
});
