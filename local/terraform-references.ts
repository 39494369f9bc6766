import { objectOf } from '../handler/event/json';
import { computed, type Place, readPlace } from './terraform-computed';
import { fault, type Resource, readResources, valueAt } from './terraform-json';

/** The Terraform with every reference between its resources followed. */
export interface Terraform {
  readonly ofType: (type: string) => readonly Resource[];
  /** The text at a path, its references replaced by what AWS would make of them. @throws Error naming what cannot be. */
  readonly text: (resource: Resource, path: string) => string;
  /** The JSON object that is written as a text at a path. */
  readonly json: (resource: Resource, path: string) => unknown;
  /** The resource's own ARN. */
  readonly arn: (resource: Resource) => string;
  /** The URL of a queue. */
  readonly url: (queue: Resource) => string;
  /** The ARN at a path, which must be that of a queue of this stack. */
  readonly queueArn: (resource: Resource, path: string) => string;
  /** Texts by name, such as a function's environment variables; those of a list by their places. */
  readonly texts: (resource: Resource, path: string) => Readonly<Record<string, string>>;
}

/** A chain of references longer than this goes in a circle. */
const longestChain = 20;

/** Where in the Terraform a text stands, and how many references led there. */
interface Spot {
  readonly resource: Resource;
  readonly path: string;
  readonly depth: number;
}

/**
 * Reads a synthesised `cdk.tf.json` for {@link readDeployment}.
 * @throws Error naming the resource and the attribute when a reference leads nowhere.
 */
export function readTerraform(json: unknown): Terraform {
  const resources = readResources(json);
  const resolve = createResolver(resources, readPlace(json));
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const text = (resource: Resource, path: string) => resolve(textOrFault(resource, path), { resource, path, depth: 0 });
  const own = (resource: Resource, attribute: string) =>
    resolve(`\${${resource.address}.${attribute}}`, { resource, path: attribute, depth: 0 });
  const ownArn = (resource: Resource) => own(resource, 'arn');
  return {
    ofType,
    arn: ownArn,
    url: (queue) => own(queue, 'url'),
    queueArn: (resource, path) => {
      const arn = text(resource, path);
      if (!ofType('aws_sqs_queue').some((queue) => ownArn(queue) === arn)) {
        throw fault(resource, path, `is ${arn}, which is no queue of this stack`);
      }
      return arn;
    },
    text,
    json: (resource, path) => parse(text(resource, path), resource, path),
    texts: (resource, path) =>
      Object.fromEntries(
        Object.entries(fieldsAt(resource, path)).map(([name, value]) => {
          const spot = { resource, path: `${path}.${name}`, depth: 0 };
          return [name, resolve(textOrFault(resource, spot.path, value), spot)];
        }),
      ),
  };
}

/** Makes the function that replaces every reference in a text by what AWS would make of it. */
function createResolver(resources: readonly Resource[], place: Place): (template: string, spot: Spot) => string {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));

  function resolve(template: string, spot: Spot): string {
    if (spot.depth > longestChain) {
      throw fault(spot.resource, spot.path, 'refers to itself in a circle');
    }
    // `$${` and `%%{` are how Terraform writes the plain texts `${` and `%{`.
    return template.replace(/([$%])\1(?=\{)|\$\{([^}]*)\}/g, (_all, escaped?: string, expression = '') =>
      escaped === undefined ? follow(expression.trim(), spot) : escaped,
    );
  }

  function follow(expression: string, { resource, path, depth }: Spot): string {
    const [, type = '', name, attribute = ''] = /^(\w+)\.([\w-]+)\.(\w+)$/.exec(expression) ?? [];
    const target = byAddress.get(`${type}.${name}`);
    if (!target) {
      throw fault(resource, path, `refers to \${${expression}}, which is no resource that the local run knows`);
    }
    const declared = computed[type];
    const make = declared?.attributes[attribute];
    const read = (of: string) => resolve(textOrFault(target, of), { resource: target, path: of, depth: depth + 1 });
    if (declared && make) {
      return make(read(declared.name), place, (of) => (valueAt(target, of) === undefined ? '' : read(of)));
    }
    return read(attribute);
  }

  return resolve;
}

function fieldsAt(resource: Resource, path: string): Readonly<Record<string, unknown>> {
  const value = valueAt(resource, path);
  return Array.isArray(value) ? { ...value } : (objectOf(value) ?? {});
}

function textOrFault(resource: Resource, path: string, value = valueAt(resource, path)): string {
  if (typeof value !== 'string' || value === '') {
    throw fault(resource, path, `must be a text, but is ${value === undefined ? 'not there' : JSON.stringify(value)}`);
  }
  return value;
}

function parse(text: string, resource: Resource, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(fault(resource, path, `is not JSON: ${text.slice(0, 200)}`).message, { cause: error });
  }
}
