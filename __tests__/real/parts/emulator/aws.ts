import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { npmPackages } from '../cache';

/** Services whose clients the suites use and the product does not, each with its client's version. */
const others: Readonly<Record<string, string>> = { ecr: '3.1169.0', eventbridge: '3.1169.0', lambda: '3.1164.0' };

type Answer = Record<string, unknown>;
type Constructor = new (options: unknown) => { readonly send: (command: unknown) => Promise<Answer> };

/** Calls one operation of AWS by AWS's own client, for example `call('sqs', 'SendMessage', { … })`. */
export type AwsCall = (service: string, operation: string, input: object) => Promise<Answer>;

/**
 * AWS's own clients against what the environment names (`AWS_ENDPOINT_URL`, region, credentials, `AWS_CA_BUNDLE`).
 * The errors are those of the clients.
 */
export function awsClients(environment: Readonly<Record<string, string>>): AwsCall {
  const ca = environment['AWS_CA_BUNDLE'];
  const options = {
    endpoint: environment['AWS_ENDPOINT_URL'],
    region: environment['AWS_REGION'],
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'],
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'],
    },
    forcePathStyle: true,
    ...(ca === undefined ? {} : { requestHandler: { httpsAgent: { ca: readFileSync(ca, 'utf8') } } }),
  };
  const clients = new Map<string, InstanceType<Constructor>>();
  return (service, operation, input) => {
    const sdk = sdkOf(service);
    const client = clients.get(service) ?? new (constructorOf(sdk, /^(?!__).+Client$/))(options);
    clients.set(service, client);
    return client.send(new (constructorOf(sdk, new RegExp(`^${operation}Command$`)))(input));
  };
}

function sdkOf(service: string): Readonly<Record<string, unknown>> {
  const name = `@aws-sdk/client-${service}`;
  if (others[service] === undefined) return require(name);
  const packages = Object.entries(others).map(([other, version]) => `@aws-sdk/client-${other}@${version}`);
  return createRequire(join(npmPackages('aws-clients', packages), 'index.js'))(name);
}

function constructorOf(sdk: Readonly<Record<string, unknown>>, pattern: RegExp): Constructor {
  const [, found] = Object.entries(sdk).find(([name]) => pattern.test(name)) ?? [];
  if (found === undefined) throw new Error(`AWS's client has no ${pattern}`);
  return found as Constructor;
}
