import { readOptions } from '../../local/options';
import { showProgress } from '../../local/progress';
import { readableMessage } from '../../local/slack-text';
import { renderTable } from '../../local/terminal';
import { harmless } from '../../local/terminal-text';

test('Block Kit is readable on a terminal', () => {
  const blocks = [
    { type: 'header', text: { type: 'plain_text', text: 'orders-ingest failed' } },
    { type: 'section', text: { type: 'mrkdwn', text: '*Why* a &lt;b&gt; &amp; c' } },
    { type: 'section', fields: [{ type: 'mrkdwn', text: '*service*\nglue_job' }] },
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: '<!date^1^{date}|2026-03-01> · <https://example.com/x|Open the run>' }],
    },
  ];

  expect(readableMessage(JSON.stringify({ text: 'short', blocks })).split('\n')).toEqual([
    'orders-ingest failed',
    'Why a <b> & c',
    'service       glue_job',
    '2026-03-01 · Open the run ↗',
  ]);
});

test("a workflow's fields and unknown bodies are shown as they are", () => {
  expect(readableMessage('{"service":"glue_job","n":1}')).toEqual('service: glue_job\nn: 1');
  expect(readableMessage('plain')).toEqual('plain');
});

test('a table has its columns aligned, numbers to the right', () => {
  const columns = ['service_name', 'runs', 'hidden'];
  const rows = [
    ['orders', 3, 'x'],
    ['clickstream', '12', 'x'],
  ];

  expect(renderTable({ columns, rows }).split('\n')).toEqual([
    '  service_name  runs',
    '  orders           3',
    '  clickstream     12',
  ]);
  expect(renderTable({ columns, rows: [] })).toEqual('  no run has ended in the seven days before the last event');
});

test('options have defaults, and a wrong one is told with what there is', () => {
  const defaults = { events: 'examples', out: 'out' };

  expect(readOptions(['--events', 'mine.json'], defaults)).toEqual({ events: 'mine.json', out: 'out' });
  expect(readOptions(['--help'], defaults)).toEqual('help');
  expect(() => readOptions(['--event', 'x'], defaults)).toThrow(/--event.*--events {2}one JSON event/s);
  expect(() => readOptions(['mine.json'], defaults)).toThrow('npm start -- [--events');
});

test('progress is shown where somebody watches, and nowhere else', () => {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => written.push(String(text)) > 0;

  showProgress({ isTTY: false, write }).say('5 events');
  expect(written).toEqual([]);
  showProgress({ isTTY: true, write } as never).say('5 events');

  expect(written).toEqual(['\r\u001b[2K… 5 events']);
});

test('a name cannot command the terminal, nor forge a line', () => {
  const rows = [['\u001b[2Jgone\nforged\u009b', 3]];

  expect(renderTable({ columns: ['service_name', 'runs'], rows }).split('\n')[1]).toEqual(
    '  ␛[2Jgone␊forged\ufffd     3',
  );
  expect(harmless('a\tb\r\nc\u007f')).toEqual('a\tb␍\nc␡');
});
