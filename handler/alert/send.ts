import { mapInGroups } from '../groups';
import { byIncident } from './by-incident';
import type { Posted, Posting } from './channel';
import { conclude } from './conclude';
import type { Incident } from './decide/incident';
import { joinNotes, type Notice } from './decide/notice';
import { unheard } from './decide/told';
import type { Item } from './item';
import { postAll } from './post';
import { count, postpone, settle, type Telling } from './telling';

/** A channel gets so many messages of an invocation one by one; when there are more, one message lists them all. */
const mostByThemselves = 5;

/**
 * Posts what is claimed, marks what became of each, and notes what must come again.
 * @returns those that were sent.
 */
export async function send(items: readonly Item[], telling: Telling): Promise<ReadonlySet<Item>> {
  const groups = grouped(items);
  const postings: readonly Posting[] = groups.map((group) => ({
    channel: group[0]?.notice.route.channel ?? '',
    notices: group.map(({ notice }) => notice),
    note: null,
  }));
  const { slack, log, postsEnd, paused } = telling;
  const posted = await postAll(postings, { ports: slack, log, end: postsEnd, paused });
  const results = groups.flatMap((group, at) => group.map((item) => ({ item, result: posted[at] })));
  const sent = await mapInGroups(results, ({ item, result }) =>
    result ? note(item, result, telling) : Promise.resolve(false),
  );
  await takeBack(
    results.flatMap(({ item, result }) => (result && 'unconfigured' in result ? [item] : [])),
    telling,
  );
  return new Set(results.filter((_, at) => sent[at]).map(({ item }) => item));
}

function grouped(items: readonly Item[]): readonly (readonly Item[])[] {
  const channels = new Map<string, Item[]>();
  for (const item of items) {
    const { channel } = item.notice.route;
    channels.set(channel, [...(channels.get(channel) ?? []), item]);
  }
  return [...channels.values()].flatMap((all) =>
    all.length > mostByThemselves
      ? [[...all].sort((a, b) => badness(b.notice) - badness(a.notice))]
      : all.map((it) => [it]),
  );
}

const weights = { critical: 30, error: 20, warning: 10 } as const;

/** Worse is more: failures by their severity, delays behind them, good news last. */
function badness({ kind, eventType, route }: Notice): number {
  if (kind === 'recovery') return 0;
  return (
    weights[route.severity] + (eventType === 'failed' || eventType === 'timeout' ? 5 : 0) + (kind === 'alert' ? 1 : 0)
  );
}

/** @returns whether it was sent. */
async function note(item: Item, result: Posted, telling: Telling): Promise<boolean> {
  const { notice, changes } = item;
  if ('sent' in result) {
    count('AlertsPosted', 1, telling);
    const lag = (telling.ports.now().getTime() - Date.parse(notice.record.event_time)) / 1_000;
    if (notice.kind === 'alert') telling.lags.push(Math.max(0, Math.round(lag)));
    return conclude(
      item,
      { status: 'sent', channel: result.channel, reason: joinNotes(result.note, notice.note) },
      telling,
    );
  }
  if ('unconfigured' in result) {
    count('AlertsUnconfigured', 1, telling);
    await conclude(item, { status: 'unconfigured', reason: result.unconfigured }, telling);
    return false;
  }
  count('AlertsFailed', 1, telling);
  postpone(changes, { seconds: 'later' in result ? result.pauseSeconds : 0, isFault: true }, telling);
  // Failed, not claimed, also when Slack only put it off: the next try takes it up at once, and if there is none, because
  // Glue says by then that it is retried or the task failed anew, nothing says for ever that somebody works on it.
  await conclude(item, { status: 'failed', reason: 'failed' in result ? result.failed : result.later }, telling);
  return false;
}

/** Nobody was told after all, and nothing tries again by itself: the next failure of the task must not count as a repetition. */
async function takeBack(items: readonly Item[], telling: Telling): Promise<void> {
  const { incidents, marks, ports } = telling;
  const alerts = items.filter(({ notice }) => notice.kind === 'alert');
  await mapInGroups(
    byIncident(alerts, ({ notice }) => incidents.keyOf(notice.record)),
    ({ key, group }) => {
      const ids = new Set(group.map(({ claimed }) => claimed.entry.alert_id));
      const change = (before: Incident) => ({ incident: unheard(before, ids), result: null });
      return settle([], telling, () => incidents.update(key, change, { objects: marks.objects, sleep: ports.sleep }));
    },
  );
}
