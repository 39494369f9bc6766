import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands between Trino and the emulator's Glue. */
export interface CatalogueProxy {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

/** Starts a proxy that passes every call on and completes the answers about databases and tables as Glue itself does. */
export async function startCatalogueProxy(to: string): Promise<CatalogueProxy> {
  const server = createServer(async (request, response) => {
    try {
      const { status, type, text } = await passOn(request, to);
      response.writeHead(status, { 'content-type': type }).end(text);
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function passOn(request: IncomingMessage, to: string) {
  const body = Buffer.concat(await request.toArray());
  const names = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'];
  const headers = names.flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as [string, string]] : [];
  });
  const answer = await fetch(`${to}${request.url}`, { method: request.method ?? 'POST', headers, body });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? 'application/x-amz-json-1.1';
  const known = answer.ok && String(request.headers['x-amz-target']).startsWith('AWSGlue.Get');
  return { status: answer.status, type, text: known ? JSON.stringify(completed(JSON.parse(text))) : text };
}

function completed(answer: Json): Json {
  const { Database, DatabaseList, Table, TableList } = answer;
  return {
    ...answer,
    ...(Database === undefined ? {} : { Database: withoutEmptyTexts(Database as Json) }),
    ...(Array.isArray(DatabaseList) ? { DatabaseList: DatabaseList.map(withoutEmptyTexts) } : {}),
    ...(Table === undefined ? {} : { Table: completedTable(Table as Json) }),
    ...(Array.isArray(TableList) ? { TableList: TableList.map(completedTable) } : {}),
  };
}

/** Glue gives back no empty text. */
function withoutEmptyTexts(entry: Json): Json {
  const empty = ['Owner', 'Description'].filter((name) => entry[name] === '');
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !empty.includes(name)));
}

/** Glue fills in what Terraform leaves out; Athena itself is the owner of a view. */
function completedTable(given: Json): Json {
  const table = withoutEmptyTexts(given);
  const { TableType, StorageDescriptor, Parameters } = table as { readonly [name: string]: Json | undefined };
  const descriptor = {
    NumberOfBuckets: 0,
    Compressed: false,
    StoredAsSubDirectories: false,
    ...StorageDescriptor,
    ...trimmedLocation(StorageDescriptor, Parameters),
  };
  const owner = (TableType as unknown) === 'VIRTUAL_VIEW' ? { Owner: 'athena' } : {};
  return { ...owner, ...table, ...(StorageDescriptor === undefined ? {} : { StorageDescriptor: descriptor }) };
}

/** Athena takes a location with and without a closing slash, Trino in front of a projected partition only without. */
function trimmedLocation(descriptor: Json = {}, parameters: Json = {}): Json {
  const { Location } = descriptor;
  const projected = parameters['projection.enabled'] === 'true' && !('storage.location.template' in parameters);
  return projected && typeof Location === 'string' ? { Location: Location.replace(/\/$/, '') } : {};
}
