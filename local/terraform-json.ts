import { type JsonObject, objectOf } from '../handler/event/json';

/** One resource of the Terraform: `aws_sqs_queue.persist` and what is declared of it. */
export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
}

/**
 * The resources of a synthesised `cdk.tf.json`, in its order; those with a `count` of 0 are none.
 * @throws Error when the text is not Terraform in JSON.
 */
export function readResources(json: unknown): readonly Resource[] {
  const types = objectOf(objectOf(json)?.['resource']);
  if (!types) {
    throw new Error('Not Terraform in JSON: expected an object with the key "resource", as `npm run synth` writes it');
  }
  return Object.entries(types).flatMap(([type, resources]) =>
    Object.entries(objectOf(resources) ?? {})
      .map(([name, body]) => ({ address: `${type}.${name}`, type, name, body: objectOf(body) ?? {} }))
      .filter(({ body }) => body['count'] !== 0),
  );
}

/** An error that names the resource, the attribute, and what right looks like. */
export function fault(resource: Resource, attribute: string, problem: string): Error {
  return new Error(`Terraform: ${resource.address}: ${attribute} ${problem}`);
}

/**
 * What stands at a path such as `extended_s3_configuration.prefix`, undefined when nothing does. A block that may be
 * there once is written as an object or as a list of one.
 */
export function valueAt(resource: Resource, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const block = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return objectOf(block)?.[key];
  }, resource.body);
}

/** The number at a path, or the provider's default where there is none. */
export function numberAt(resource: Resource, path: string, otherwise: number): number {
  const value = valueAt(resource, path) ?? otherwise;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw fault(resource, path, `must be a number, but is ${JSON.stringify(value)}`);
  }
  return value;
}

/** The boolean at a path, or the provider's default where there is none. */
export function booleanAt(resource: Resource, path: string, otherwise: boolean): boolean {
  const value = valueAt(resource, path) ?? otherwise;
  if (typeof value !== 'boolean') {
    throw fault(resource, path, `must be true or false, but is ${JSON.stringify(value)}`);
  }
  return value;
}

/** Refuses attributes that would change what happens on AWS and that the local run does not imitate. */
export function refuseUnknown(resource: Resource, paths: readonly string[]): void {
  const found = paths.find((path) => ![undefined, null, false, 0, ''].includes(valueAt(resource, path) as undefined));
  if (found !== undefined) {
    throw fault(resource, found, 'is not imitated by the local run: leave it out, or teach local/ what it does');
  }
}
