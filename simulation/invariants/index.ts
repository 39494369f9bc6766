import type { History } from '../history';
import type { Plan } from '../plan';
import { alertsHold } from './alerts';
import { incidentsHold } from './incidents';
import { postsHold } from './posts';
import { rowsHold } from './rows';
import { secretsHold } from './secrets';
import { type Case, caseOf, isLong, type Violation } from './truth';

/** All promises that a run of a plan broke; none when all is well. */
export function violationsOf(plan: Plan, history: History): readonly Violation[] {
  const it = caseOf(plan, history);
  return [rowsHold, alertsHold, postsHold, incidentsHold, secretsHold, queuesHold].flatMap((holds) => holds(it));
}

/** Queues run empty, and give up nothing before its fifty receives. */
function queuesHold({ plan, history }: Case): readonly Violation[] {
  const promise = 'the queues run empty';
  const left = history.left.persist + history.left.notify;
  const dead = isLong(plan) ? [] : [...history.deadLetters.persist, ...history.deadLetters.notify];
  return [
    ...(left > 0 ? [{ promise, says: `${left} messages are left` }] : []),
    ...dead.map((body) => ({ promise, says: `a dead letter without a fault of days: ${body.slice(0, 300)}` })),
  ];
}
