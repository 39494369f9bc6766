import { createClock } from '../../local/clock';
import { type FunctionTime, failedItems, invoke } from '../../local/invocation';

const batch = { Records: [] };
const noTime: FunctionTime = { now: () => new Date(0), sleep: async () => {} };

/** A function that does something with its time. */
function functionThat(run: (time: FunctionTime) => Promise<void>) {
  let time = noTime;
  const handler = async () => {
    await run(time);
    return { batchItemFailures: [] };
  };
  const setTime = (next: FunctionTime) => {
    time = next;
  };
  return { handler, timeoutMs: 60_000, setTime };
}

test('sleeping costs no real time, but the invocation ends later on the virtual clock', async () => {
  const seen: string[] = [];
  const sleepy = functionThat(async (time) => {
    await time.sleep(4_000);
    seen.push(time.now().toISOString());
  });

  const outcome = await invoke(sleepy, batch, createClock(Date.UTC(2026, 0, 1)));

  expect(outcome).toEqual({ failed: [], endedAt: Date.UTC(2026, 0, 1, 0, 0, 4), fault: null });
  expect(seen).toEqual(['2026-01-01T00:00:04.000Z']);
});

test('an invocation that sleeps past its timeout fails whole and never wakes up', async () => {
  const seen: string[] = [];
  const endless = functionThat(async (time) => {
    for (;;) {
      await time.sleep(25_000);
      seen.push('awake');
    }
  });

  const outcome = await invoke(endless, batch, createClock(0));

  expect(outcome).toEqual({ failed: 'all', endedAt: 60_000, fault: 'it timed out' });
  expect(seen).toEqual(['awake', 'awake']);
});

test('an invocation that throws fails whole, and what it said is kept', async () => {
  const broken = functionThat(async () => {
    throw new TypeError('no such table');
  });

  expect(await invoke(broken, batch, createClock(7))).toEqual({
    failed: 'all',
    endedAt: 7,
    fault: 'TypeError: no such table',
  });
});

test.each([
  ['nothing', undefined, []],
  ['null', null, []],
  ['an empty object', {}, []],
  ['an empty list', { batchItemFailures: [] }, []],
  ['no list', { batchItemFailures: null }, []],
  ['ids', { batchItemFailures: [{ itemIdentifier: 'a' }] }, ['a']],
  ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }, 'all'],
  ['an id under another key', { batchItemFailures: [{ id: 'a' }] }, 'all'],
  ['another key', { failures: [] }, 'all'],
  ['no object', 'fine', 'all'],
])('an answer with %s is read as Lambda reads it', (_what, answer, expected) => {
  expect(failedItems(answer)).toEqual(expected);
});
