import type { IncomingMessage } from 'node:http';
import { listenOnLoopback } from '../../../handler/loopback';
import type { catalogueMends } from '../emulator/exceptions';

/** What stands between Trino and the emulator's Glue. */
export interface CatalogueProxy {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

/** Starts a proxy that passes every call on and mends the answers about databases and tables. */
export async function startCatalogueProxy(to: string): Promise<CatalogueProxy> {
  const { url, close } = await listenOnLoopback(async ({ request, body, response }) => {
    const { status, type, text } = await passOn(request, body, to);
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  return { url, stop: close };
}

async function passOn(request: IncomingMessage, body: Buffer, to: string) {
  const names = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'];
  const headers = names.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  const answer = await fetch(`${to}${request.url}`, {
    method: request.method ?? 'POST',
    headers,
    body: new Uint8Array(body),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? 'application/x-amz-json-1.1';
  const known = answer.ok && String(request.headers['x-amz-target']).startsWith('AWSGlue.Get');
  return { status: answer.status, type, text: known ? JSON.stringify(mended(JSON.parse(text))) : text };
}

function mended(answer: Json): Json {
  const { Database, DatabaseList, Table, TableList } = answer;
  const database = mends['empty-texts-are-left-out'];
  return {
    ...answer,
    ...(Database === undefined ? {} : { Database: database(Database as Json) }),
    ...(Array.isArray(DatabaseList) ? { DatabaseList: DatabaseList.map(database) } : {}),
    ...(Table === undefined ? {} : { Table: mendedTable(Table as Json) }),
    ...(Array.isArray(TableList) ? { TableList: TableList.map(mendedTable) } : {}),
  };
}

function mendedTable(table: Json): Json {
  return Object.values(mends).reduce((before, mend) => mend(before), table);
}

/** The mends by the names under which `exceptions.ts` says why each is needed. */
const mends: Readonly<Record<keyof typeof catalogueMends, (entry: Json) => Json>> = {
  'empty-texts-are-left-out': (entry) => {
    const empty = ['Owner', 'Description'].filter((name) => entry[name] === '');
    return Object.fromEntries(Object.entries(entry).filter(([name]) => !empty.includes(name)));
  },
  'views-have-an-owner': (table) => (table['TableType'] === 'VIRTUAL_VIEW' ? { Owner: 'athena', ...table } : table),
  'storage-is-told-whole': (table) =>
    withStorage(table, (storage) => ({
      NumberOfBuckets: 0,
      Compressed: false,
      StoredAsSubDirectories: false,
      ...storage,
    })),
  'locations-end-without-a-slash': (table) =>
    withStorage(table, (storage) => {
      const parameters = (table['Parameters'] ?? {}) as Json;
      const projected = parameters['projection.enabled'] === 'true' && !('storage.location.template' in parameters);
      const { Location } = storage;
      return projected && typeof Location === 'string'
        ? { ...storage, Location: Location.replace(/\/$/, '') }
        : storage;
    }),
};

function withStorage(table: Json, mend: (storage: Json) => Json): Json {
  const storage = table['StorageDescriptor'];
  return storage === undefined ? table : { ...table, StorageDescriptor: mend(storage as Json) };
}
