import type { Chain } from './chain';

/** What a schedule calls, and with what. */
export interface Scheduled {
  readonly when: string;
  readonly state: string;
  readonly functionArn: string;
  readonly input: string;
}

/** What the rule of the schedule calls, as the bus knows it. */
export async function scheduled({ call, installation }: Chain): Promise<readonly Scheduled[]> {
  const Name = installation.names.tick;
  const { ScheduleExpression, State } = await call('eventbridge', 'DescribeRule', { Name });
  const { Targets } = await call('eventbridge', 'ListTargetsByRule', { Rule: Name });
  const targets = (Targets ?? []) as readonly { readonly Arn: string; readonly Input?: string }[];
  return targets.map(({ Arn, Input = '' }) => ({
    when: String(ScheduleExpression),
    state: String(State),
    functionArn: Arn,
    input: Input,
  }));
}

/** Calls a function as EventBridge and the queues do, and waits for its answer. */
export async function invoke({ call }: Chain, FunctionName: string, event: string): Promise<unknown> {
  const { Payload, FunctionError } = await call('lambda', 'Invoke', { FunctionName, Payload: Buffer.from(event) });
  const answer = Buffer.from(Payload as Uint8Array).toString();
  if (FunctionError !== undefined) throw new Error(`${FunctionName} failed: ${answer}`);
  return JSON.parse(answer);
}

/** Does what the schedule does, once. */
export async function tick(chain: Chain): Promise<void> {
  for (const { functionArn, input } of await scheduled(chain)) await invoke(chain, functionArn, input);
}
