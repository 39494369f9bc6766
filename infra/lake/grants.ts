import type { GlueCatalogTable } from '@cdktf/provider-aws/lib/glue-catalog-table';
import { LakeformationPermissions } from '@cdktf/provider-aws/lib/lakeformation-permissions';
import type { Construct } from 'constructs';
import type { Configuration } from '../config';
import { logicalId } from '../logical-id';

interface Grants {
  readonly config: Configuration;
  /** ARN of who is granted something. */
  readonly principal: string;
}

/**
 * Lets Firehose see the columns of its table where Lake Formation decides: there IAM's `glue:GetTable` is not enough, and
 * Glue names `DESCRIBE` as what is missing.
 * Firehose waits for them, because it looks the table up when it is made.
 */
export function grantColumns(scope: Construct, table: GlueCatalogTable, { config, principal }: Grants) {
  if (config.lakeFormation === undefined) return [];
  const { databaseName } = table;
  return [
    new LakeformationPermissions(scope, 'sees_database', {
      principal,
      permissions: ['DESCRIBE'],
      database: { name: databaseName },
    }),
    new LakeformationPermissions(scope, 'sees_table', {
      principal,
      permissions: ['DESCRIBE'],
      table: { databaseName, name: table.name },
    }),
  ];
}

/** Lets the readers of the configuration ask every table, of which one must be there, and every view, those of later versions too. */
export function grantReaders(scope: Construct, { databaseName }: GlueCatalogTable, config: Configuration): void {
  for (const principal of new Set(config.lakeFormation?.readers ?? [])) {
    const id = `reader_${logicalId(principal)}`;
    new LakeformationPermissions(scope, `${id}_database`, {
      principal,
      permissions: ['DESCRIBE'],
      database: { name: databaseName },
    });
    new LakeformationPermissions(scope, `${id}_tables`, {
      principal,
      permissions: ['SELECT', 'DESCRIBE'],
      table: { databaseName, wildcard: true },
    });
  }
}
