import { objectOf } from '../handler/event/json';
import { computed, facts, readPlace } from './terraform-computed';
import { fault, type Resource, readResources, valueAt } from './terraform-json';

/** The Terraform with every reference between its resources followed. */
export interface Terraform {
  readonly ofType: (type: string) => readonly Resource[];
  /** The text at a path, its references replaced by what AWS would make of them. @throws Error naming what cannot be. */
  readonly text: (resource: Resource, path: string) => string;
  readonly optionalText: (resource: Resource, path: string) => string | null;
  /** The JSON object that is written as a text at a path. */
  readonly json: (resource: Resource, path: string) => unknown;
  /** The resource's own ARN. */
  readonly arn: (resource: Resource) => string;
  /** The URL of a queue. */
  readonly url: (queue: Resource) => string;
  /** The ARN at a path, which must be that of a queue of this stack. */
  readonly queueArn: (resource: Resource, path: string) => string;
  /** Texts by name, such as a function's environment variables. */
  readonly texts: (resource: Resource, path: string) => Readonly<Record<string, string>>;
}

/** A chain of references longer than this goes in a circle. */
const longestChain = 20;

/**
 * Reads a synthesised `cdk.tf.json` for {@link readDeployment}.
 * @throws Error naming the resource and the attribute when a reference leads nowhere.
 */
export function readTerraform(json: unknown): Terraform {
  const resources = readResources(json);
  const place = readPlace(json);
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));

  function resolve(template: string, resource: Resource, path: string, depth = 0): string {
    if (depth > longestChain) {
      throw fault(resource, path, 'refers to itself in a circle');
    }
    return template.replace(/(\$?)\$\{([^}]*)\}/g, (_all, escaped: string, expression: string) =>
      escaped ? `\${${expression}}` : follow(expression.trim(), resource, path, depth),
    );
  }

  function follow(expression: string, from: Resource, path: string, depth: number): string {
    const [, data, type = '', name, attribute = ''] = /^(data\.)?(\w+)\.([\w-]+)\.(\w+)$/.exec(expression) ?? [];
    const fact = data ? facts[`${type}.${attribute}`] : undefined;
    if (fact) {
      return fact(place);
    }
    const target = byAddress.get(`${type}.${name}`);
    if (!target || data) {
      throw fault(from, path, `refers to \${${expression}}, which is no resource or fact that the local run knows`);
    }
    const declared = computed[type];
    const make = declared?.attributes[attribute];
    const read = (of: string) => resolve(textOrFault(target, of), target, of, depth + 1);
    if (declared && make) {
      return make(read(declared.name), place, (of) => (valueAt(target, of) === undefined ? '' : read(of)));
    }
    return read(attribute);
  }

  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const text = (resource: Resource, path: string) => resolve(textOrFault(resource, path), resource, path);
  const ownArn = (resource: Resource) => follow(`${resource.address}.arn`, resource, 'arn', 0);
  return {
    ofType,
    arn: ownArn,
    url: (queue) => follow(`${queue.address}.url`, queue, 'url', 0),
    queueArn: (resource, path) => {
      const arn = text(resource, path);
      if (!ofType('aws_sqs_queue').some((queue) => ownArn(queue) === arn)) {
        throw fault(resource, path, `is ${arn}, which is no queue of this stack`);
      }
      return arn;
    },
    text,
    optionalText: (resource, path) => (valueAt(resource, path) === undefined ? null : text(resource, path)),
    json: (resource, path) => parse(text(resource, path), resource, path),
    texts: (resource, path) =>
      Object.fromEntries(
        Object.entries(objectOf(valueAt(resource, path)) ?? {}).map(([name, value]) => [
          name,
          resolve(textOrFault(resource, `${path}.${name}`, value), resource, `${path}.${name}`),
        ]),
      ),
  };
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
