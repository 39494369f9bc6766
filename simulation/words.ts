import type { Fault, Plan, Routed, Step } from './plan';
import { time } from './workload';

/** A plan as people read it: one line for each thing that happens. */
export function wordsOf({ seed, start, cooldownSeconds, routed, batchSizes, steps }: Plan): string {
  const head = [
    `seed ${seed}, from ${time(start)}, cooldown ${cooldownSeconds} s`,
    `batches of ${batchSizes.persist} (persist) and ${batchSizes.notify} (notify)`,
    ...(routed === null ? [] : [`${routedWords(routed)} have a channel of their own`]),
  ].join(', ');
  return [head, ...steps.map((step, at) => `${String(at + 1).padStart(3)}. ${stepWords(step)}`)].join('\n');
}

function routedWords(routed: Routed): string {
  return 'name' in routed ? `tasks named ${routed.name}*` : `errors of type ${routed.errorType}`;
}

function stepWords(step: Step): string {
  switch (step.kind) {
    case 'run':
      return runWords(step.run);
    case 'junk':
      return `a text that is no event of ours: ${step.message.id}`;
    case 'fault':
      return faultWords(step.fault);
    case 'silence':
      return `${step.name} is silenced from ${time(step.from)} until ${time(step.until)}${step.isStored ? ', by hand' : ''}`;
    case 'replay':
      return `at ${time(step.at)} somebody sends again what is unconfigured or failed`;
  }
}

function runWords({
  service,
  name,
  id,
  last,
  attempts,
  ending,
  cause,
  messages,
}: Extract<Step, { kind: 'run' }>['run']): string {
  const began = attempts[0]?.began ?? 0;
  const inside = cause === null ? '' : `, because ${cause} did`;
  const tries = attempts.length > 1 ? ` in ${attempts.length} attempts` : '';
  const told = messages.map(({ says, deliveries }) => {
    const arrivals = deliveries.map(({ queue, at }) => `${queue} ${time(at)}`).join(', ');
    return `\n       ${says}: ${arrivals}`;
  });
  return `${service} ${name}, run ${id ?? last}, from ${time(began)}: ${ending}${tries}${inside}${told.join('')}`;
}

function faultWords(fault: Fault): string {
  const when = 'to' in fault ? `from ${time(fault.from)} to ${time(fault.to)}` : `from ${time(fault.from)}`;
  const often = 'share' in fault && fault.share < 1 ? ` (${Math.round(fault.share * 100)} % of the calls)` : '';
  return `${when} ${whatOf(fault)}${often}`;
}

function whatOf(fault: Fault): string {
  switch (fault.kind) {
    case 'outage':
      return `${fault.ports.join(', ')} ${fault.hangs ? 'do not answer' : 'refuse'}`;
    case 'lost answer':
      return `${fault.ports.join(', ')} take effect, and the answer is lost`;
    case 'sent twice':
      return `${fault.ports.join(', ')} take effect, and the client sends them once more`;
    case 'partial failure':
      return 'Firehose refuses records';
    case 'crash':
      return `the function dies ${fault.isAfter ? 'after' : 'before'} call ${fault.nth} of ${fault.port ?? 'any port'}`;
    case 'slack':
      return `Slack answers ${fault.status} ${fault.body}${fault.channel === null ? '' : ` in ${fault.channel}`}, Retry-After ${fault.retryAfterSeconds ?? 'none'}`;
    case 'secret':
      return `the secret holds ${fault.holds}`;
    case 'clock':
      return `every second clock is ${fault.byMs} ms off`;
    case 'slow':
      return `each call takes up to ${2 * fault.byMs} ms longer`;
    case 'kept':
      return 'the queue keeps what was handled';
  }
}
