import type { Notice } from '../../../../handler/alert/decide/notice';
import { plainMessageOf } from '../../../../handler/alert/message';
import { incomingMessage } from '../../../../handler/alert/message/block-kit';
import { workflowMessage } from '../../../../handler/alert/message/workflow';
import { alertNotice, recoveryNotice, reminderNotice } from '../notice';

/** All that a message about several shows, line by line. */
function linesOf(notices: readonly Notice[]): readonly string[] {
  return incomingMessage(notices).blocks.flatMap((block) => {
    if (block.type === 'section' || block.type === 'header') return (block.text?.text ?? '').split('\n');
    return block.type === 'context' ? block.elements.map((it) => ('text' in it ? String(it.text) : '')) : [];
  });
}

const times = (count: number, parts: Parameters<typeof alertNotice>[0]) =>
  Array.from({ length: count }, () => alertNotice(parts));

test('a storm is one list: worst first, one line a task with its number', () => {
  const notices = [
    ...times(1, { columns: { service_name: 'payments' }, route: { severity: 'critical' } }),
    ...times(2, { columns: { service_name: 'orders' } }),
    ...times(20, { columns: { service_name: 'customers' } }),
    ...times(1, { columns: { service_name: 'orders', event_type: 'timeout' } }),
    ...times(3, { columns: { service_name: 'slow', event_type: 'delayed' } }),
  ];

  const [title, ...lines] = linesOf(notices);

  expect(title).toBe('🔴 CRITICAL: 27 alerts of 4 tasks');
  expect(lines.slice(0, 4)).toEqual([
    expect.stringMatching(/^🔴 \*CRITICAL\* Glue job `payments` failed: NameError/),
    expect.stringMatching(/^🔴 Glue job `customers` failed ×20: NameError/),
    expect.stringMatching(/^🔴 Glue job `orders` failed ×2, timed out: NameError/),
    expect.stringMatching(/^🟠 Glue job `slow` takes longer than expected ×3/),
  ]);
});

test('the preview of a storm says how many, and of which', () => {
  const notices = ['a', 'b', 'c', 'd', 'e'].flatMap((service_name) => times(4, { columns: { service_name } }));

  expect(incomingMessage(notices).text).toBe('🔴 20 failures of 5 tasks: a ×4, b ×4, c ×4 and 2 more');
});

test('ten thousand failures of a thousand tasks fit one message that says where all are', () => {
  const notices = Array.from({ length: 10_000 }, (_, at) =>
    alertNotice({ columns: { service_name: `job_${at % 1_000}`, error_message: 'The disk is full. '.repeat(40) } }),
  );

  const lines = linesOf(notices);
  const shown = lines.filter((line) => line.startsWith('🔴 Glue job'));

  expect(lines[0]).toBe('🔴 10000 failures of 1000 tasks');
  expect(shown.length).toBeGreaterThan(15);
  expect(lines).toContain(`… and ${1_000 - shown.length} more tasks (${10_000 - shown.length * 10} times)`);
  expect(lines.at(-1)).toContain('the named query `failures`');
  expect(lines.at(-1)).toContain('`monitor.notification`');
  expect(JSON.stringify(incomingMessage(notices)).length).toBeLessThan(13_000);
});

test('good news and reminders have lines of their own, after what is wrong', () => {
  const lines = linesOf([alertNotice(), reminderNotice({ columns: { service_name: 'b' } }), recoveryNotice()]);

  expect(lines.slice(0, 4)).toEqual([
    '🔴 1 failure of 1 task, 1 reminder, 1 recovery',
    expect.stringMatching(/^🔴 Glue job `orders_daily` failed/),
    expect.stringMatching(/^🔁 Glue job `b` keeps failing: 40 more failures since 2026-01-05 08:00 UTC/),
    expect.stringMatching(/^🟢 Glue job `orders_daily` works again after 2 h 10 min and 12 failures {2}</),
  ]);
});

test('good news alone say so', () => {
  const notices = ['a', 'b'].map((service_name) => recoveryNotice({ columns: { service_name } }));

  expect(incomingMessage(notices).text).toBe('🟢 2 recoveries: a, b');
});

test('whoever is to be called is called once, also by several routes', () => {
  const message = JSON.stringify(
    incomingMessage([
      ...times(6, { route: { mention: '<!subteam^S1>' } }),
      ...times(2, { route: { mention: '<@U2> <!subteam^S1>' } }),
      recoveryNotice({ route: { mention: '<!channel>' } }),
    ]).blocks,
  );

  expect(message.match(/<!subteam\^S1>/g)).toHaveLength(1);
  expect(message.match(/<@U2>/g)).toHaveLength(1);
  expect(message).not.toContain('<!channel>');
});

test('account and region stand in a line only where they differ', () => {
  const here = alertNotice();
  const there = alertNotice({ columns: { account_id: '444455556666', region: 'us-east-1' } });

  expect(linesOf([here, here]).join('\n')).not.toContain('111122223333 eu-west-1');
  expect(linesOf([here, there])[2]).toContain('(444455556666 us-east-1)');
});

test('a line links the run and the runbook, and tells of runs inside and of doubt', () => {
  const outer = alertNotice({ columns: { service_type: 'step_functions' } }).record;
  const notice = alertNotice({ folded: [outer], finality: 'unknown', route: { runbook: 'https://wiki.example/r' } });

  const [, line] = linesOf([notice, alertNotice({ columns: { service_name: 'b' } })]);

  expect(line).toMatch(/failed \(and 1 run that failed because of it\): NameError/);
  expect(line).toMatch(/\|open> {2}<https:\/\/wiki\.example\/r\|runbook>$/);
  expect(line).toContain('_Retries are unknown._');
});

test('what the channel could not take is said once', () => {
  const notices = times(7, { note: 'The secret holds no webhook under team_a.' });

  expect(linesOf(notices).filter((line) => line.includes('team_a'))).toHaveLength(1);
});

test('a name with line breaks is no line of its own', () => {
  const forged = alertNotice({
    columns: { service_name: 'x\n🟢 Glue job `orders` works again', error_message: 'a\r\n🟢 b' },
  });

  expect(linesOf([forged, forged]).filter((line) => line.startsWith('🟢'))).toEqual([]);
  expect(incomingMessage([forged]).text).not.toContain('\n');
});

test('a message that must be a text alone lists the worst', () => {
  const notices = Array.from({ length: 300 }, (_, at) => alertNotice({ columns: { service_name: `job_${at}` } }));

  const lines = (plainMessageOf(notices) as { text: string }).text.split('\n');

  expect(lines[0]).toBe('🔴 300 failures of 300 tasks: job_0, job_1, job_2 and 297 more');
  expect(lines.slice(1, -1)).toHaveLength(10);
  expect(lines[1]).toMatch(/^🔴 Glue job `job_0` failed: NameError/);
  expect(lines.at(-1)).toContain('`failures`');
});

test('a workflow gets a list, too, and never more than fits a field', () => {
  const notices = Array.from({ length: 300 }, (_, at) =>
    alertNotice({ columns: { service_name: `job_${at}` }, route: { mention: '<!here>' } }),
  );

  const { service, service_name, exception_details } = workflowMessage(notices);

  expect(service).toBe('glue_job');
  expect(service_name).toBe('job_0, job_1, job_2 and 297 more');
  expect(exception_details).toMatch(/^<!here> 🔴 300 failures of 300 tasks\n/);
  expect(exception_details).toMatch(/\n… and 2\d\d more tasks \(2\d\d times\)$/);
  expect(exception_details.length).toBeLessThanOrEqual(2_000);
});
