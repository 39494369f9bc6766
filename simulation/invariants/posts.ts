import type { Post } from '../history';
import type { Case, Violation } from './truth';

/** One post for what the ledger calls sent, none that it does not know, and never two without a reason. */
export function postsHold(it: Case): readonly Violation[] {
  const shown = it.history.posts.filter(({ isShown }) => isShown);
  const byKey = new Map<string, Post[]>();
  for (const post of shown) {
    for (const key of post.tells) byKey.set(key, [...(byKey.get(key) ?? []), post]);
  }
  return [...unsent(it, byKey), ...unknown(it, shown, byKey), ...twice(it, byKey)];
}

function unsent({ ledger }: Case, byKey: ReadonlyMap<string, readonly Post[]>): readonly Violation[] {
  const promise = 'what the ledger calls sent was posted';
  return ledger
    .filter(({ key, fields }) => fields['status'] === 'sent' && !byKey.has(key))
    .map(({ key, fields }) => ({
      promise,
      says: `${key}, ${fields['kind']} of ${fields['service_name']}, was not posted`,
    }));
}

function unknown({ history }: Case, shown: readonly Post[], byKey: ReadonlyMap<string, unknown>): readonly Violation[] {
  const promise = 'the ledger knows whatever was posted';
  return [
    ...shown
      .filter(({ tells }) => tells.length === 0)
      .map(({ body }) => ({ promise, says: `a post of nothing known: ${body}` })),
    ...[...byKey.keys()]
      .filter((key) => !history.objects.has(key))
      .map((key) => ({ promise, says: `${key} is not there` })),
  ];
}

function twice(it: Case, byKey: ReadonlyMap<string, readonly Post[]>): readonly Violation[] {
  const promise = 'nothing is posted twice without a crash between post and mark, or an unanswered request';
  return [...byKey].flatMap(([key, posts]) => {
    const idle = posts.slice(0, -1).filter((post) => !isExcused(post, key, it));
    const named = it.ledger.find((entry) => entry.key === key)?.fields;
    const times = posts.map(({ at, by }) => `${new Date(at).toISOString()} by invocation ${by}`).join(', ');
    return idle.length === 0
      ? []
      : [
          {
            promise,
            says: `${named?.['kind']} of ${named?.['service_name']} ${named?.['service_request_id']}: posted ${times}`,
          },
        ];
  });
}

/** The function never learned of the post, died before the mark, or a fault kept it from marking. */
function isExcused(post: Post, key: string, { history }: Case): boolean {
  const invocation = history.invocations[post.by];
  return !post.isAnswered || (invocation !== undefined && (invocation.died !== null || invocation.unmarked.has(key)));
}
