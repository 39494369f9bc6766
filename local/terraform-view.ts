import { objectOf, parseJson } from '../handler/event/json';
import type { NamedQuery, View } from './deployment';
import { fault, type Resource, refuseUnknown, valueAt } from './terraform-json';
import type { Terraform } from './terraform-references';
import { ofTableType, parameterOf } from './terraform-table';

/** The views that Athena opens, in the order of the Terraform. @throws Error when Athena would take one for a table. */
export function readViews(terraform: Terraform): readonly View[] {
  return ofTableType(terraform, 'VIRTUAL_VIEW').map((resource) => {
    if (parameterOf(resource, 'presto_view') !== 'true' || parameterOf(resource, 'comment') !== 'Presto View') {
      throw fault(resource, 'parameters', 'must hold presto_view = "true" and comment = "Presto View"');
    }
    refuseUnknown(resource, ['description']);
    const text = terraform.text(resource, 'view_original_text');
    const encoded = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text)?.[1];
    const definition = objectOf(encoded ? parseJson(Buffer.from(encoded, 'base64').toString('utf8')) : null);
    const sql = definition?.['originalSql'];
    const columns = definition?.['columns'];
    if (typeof sql !== 'string' || !Array.isArray(columns)) {
      throw fault(
        resource,
        'view_original_text',
        'must be "/* Presto View: BASE64 */" of JSON with originalSql and columns',
      );
    }
    const names = columns.map((column) => String(objectOf(column)?.['name']));
    refuseOtherColumns(resource, names);
    return { name: terraform.text(resource, 'name'), sql, columns: names };
  });
}

function refuseOtherColumns(resource: Resource, names: readonly string[]): void {
  const declared = valueAt(resource, 'storage_descriptor.columns');
  const glueNames = Array.isArray(declared) ? declared.map((column) => String(objectOf(column)?.['name'])) : [];
  if (glueNames.join() !== names.join()) {
    throw fault(
      resource,
      'storage_descriptor.columns',
      `are ${glueNames.join(', ')}, but the view says ${names.join(', ')}`,
    );
  }
}

/** The named queries of Athena. */
export function readNamedQueries(terraform: Terraform): readonly NamedQuery[] {
  return terraform.ofType('aws_athena_named_query').map((resource) => ({
    name: terraform.text(resource, 'name'),
    sql: terraform.text(resource, 'query'),
  }));
}
