import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FunctionName, functionNames } from '../../../../handler/environment';
import { type Installation, readInstallation } from '../../../../infra/config';
import { type AwsCall, awsClients } from '../emulator/aws';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { bundleInto, readFunction } from '../runtime/deployed-function';
import { type FunctionFront, type MakeFunction, startFunctionFront } from '../runtime/front';
import { createFunction, prepareRuntime } from '../runtime/runtime';
import { place } from '../stacks';
import { type Attributes, deploy, prepare } from '../terraform/installation';
import { type DeliveredRows, openDeliveredRows } from './delivered-rows';
import { type Slack, startSlack } from './slack';
import { stations } from './stations';

/** The whole monitor on this machine: the applied stack, its functions, and Slack. */
export interface Chain {
  readonly call: AwsCall;
  readonly emulator: Emulator;
  readonly installation: Installation;
  readonly front: FunctionFront;
  readonly slack: Slack;
  readonly rows: DeliveredRows;
  readonly topicArn: string;
  /** What Terraform's state says, by address. */
  readonly state: Readonly<Record<string, Attributes>>;
  /** Waits until a question has an answer; fails with the state of all stations when it has none in time, or never will. */
  readonly until: <T>(what: string, ask: () => Promise<T | null>, withinMs?: number) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/**
 * Applies both stacks in an emulator that checks credentials, roles and queue policies; runs both functions with what
 * the applied Terraform gives them, in their own roles; and puts the webhook of a local Slack into the secret.
 */
export async function startChain(): Promise<Chain> {
  const folder = mkdtempSync(join(tmpdir(), 'chain-'));
  const closings: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const close of closings.splice(0).reverse()) await close();
  };
  try {
    prepareRuntime();
    bundleInto(folder);
    const front = await startFunctionFront();
    closings.push(front.close);
    const slack = await startSlack();
    closings.push(slack.close);
    const config = { onDestroy: 'delete', sources: { athena_query: true } } as const;
    const { names } = readInstallation(config, place);
    const functions = Object.fromEntries(functionNames.map((name) => [names.functions[name], front.urlOf(name)]));
    const emulator = await startEmulator({ functions, strict: true });
    closings.push(emulator.stop);
    const installed = await prepare(config, join(folder, 'terraform'), emulator);
    await deploy(installed, emulator);
    const state = await installed.state('monitoring');
    front.attach(Object.fromEntries(functionNames.map((name) => [name, make(name, state, { folder, emulator })])));
    const call = awsClients(emulator.environment);
    const SecretString = JSON.stringify({ slack_webhook: slack.webhook });
    await call('secrets-manager', 'PutSecretValue', { SecretId: names.secret, SecretString });
    const rows = await openDeliveredRows(call, names.bucket);
    closings.push(rows.close);
    const asked = { call, front, state, bucket: names.bucket, log: emulator.log };
    const report = () => stations({ ...asked, posts: slack.texts });
    const topicArn = `arn:aws:sns:${place.REGION}:${place.ACCOUNT}:${names.topic}`;
    const { installation } = installed;
    return { call, emulator, installation, front, slack, rows, topicArn, state, until: untilOr(front, report), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function make(
  name: FunctionName,
  state: Chain['state'],
  { folder, emulator }: { readonly folder: string; readonly emulator: Emulator },
): MakeFunction {
  const attributes = state[`aws_lambda_function.process_${name}_function`];
  const [environment] = (attributes?.['environment'] ?? []) as { readonly variables: Record<string, string> }[];
  const own = readFunction(attributes, folder);
  return (credentials) => {
    const variables = { ...emulator.environment, ...credentials, ...environment?.variables };
    return createFunction({ ...own, environment: variables });
  };
}

function untilOr(front: FunctionFront, report: () => Promise<string>): Chain['until'] {
  let patience = 60_000;
  return async (what, ask, withinMs = patience) => {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const answer = await ask();
      if (answer !== null) return answer;
      const failure = failureIn(front);
      if (failure !== null || Date.now() > deadline) {
        // What is broken stays so: the tests that follow need not wait as long to find it out.
        patience = 5_000;
        const why = failure ?? `waited ${withinMs / 1_000} s`;
        const told = await report().catch((error) => `The stations could not be asked: ${error}`);
        throw new Error(`No ${what}: ${why}\n${told}`);
      }
      await sleep(250);
    }
  };
}

function failureIn({ told }: FunctionFront): string | null {
  const failures = told.flatMap(({ name, outcome }) => ('error' in outcome ? [{ name, ...outcome.error }] : []));
  return (
    failures.map(({ name, errorType, errorMessage }) => `${name} failed: ${errorType}: ${errorMessage}`)[0] ?? null
  );
}
