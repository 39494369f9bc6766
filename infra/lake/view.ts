import { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { Query } from '../../queries/read';
import { viewColumns } from './columns';

interface ViewProps {
  readonly databaseName: string;
  readonly view: Query;
  /** The table and the views that it selects from. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * A view as Athena keeps it in Glue (Trino's `ViewReader`): the SQL and the types it gives, in a comment, in base64.
 * It must have no Glue description: with one it silently becomes a table.
 */
export function createView(scope: Construct, id: string, { databaseName, view, after }: ViewProps): GlueCatalogTable {
  return new GlueCatalogTable(scope, id, {
    name: view.name,
    databaseName,
    tableType: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    viewOriginalText: `/* Presto View: ${encodeView(databaseName, view)} */`,
    viewExpandedText: '/* Presto View */',
    storageDescriptor: {
      columns: viewColumns(view.columns),
      serDeInfo: { name: '-', serializationLibrary: '-' },
    },
    dependsOn: [...after],
  });
}

/** The definition in base64; the database is a literal name, because a reference could not be resolved in here. */
function encodeView(databaseName: string, { sql, columns }: Query): string {
  const definition = {
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema: databaseName,
    columns: columns.map(({ name, type }) => ({ name, type })),
    runAsInvoker: false,
    properties: {},
  };
  return Buffer.from(JSON.stringify(definition)).toString('base64');
}
