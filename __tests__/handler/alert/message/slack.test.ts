import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { messageOf, plainMessageOf } from '../../../../handler/alert/message';
import { incomingMessage } from '../../../../handler/alert/message/block-kit';
import { workflowMessage } from '../../../../handler/alert/message/workflow';
import { alertNotice, anyNotice, anyNotices } from '../notice';

/** The Block Kit limits that Slack documents: more, or an empty text, and it rejects the whole message. */
function faultsOf(block: KnownBlock): string[] {
  const over = (what: string, text: string, limit: number) =>
    text.length > limit || text.trim() === '' ? [`${what}: ${text.length}`] : [];
  switch (block.type) {
    case 'header':
      return over('header', block.text.text, 150);
    case 'section':
      return [
        ...(block.text || block.fields ? [] : ['section without a text']),
        ...(block.text ? over('section', block.text.text, 3_000) : []),
        ...(block.fields && (block.fields.length > 10 || block.fields.length === 0) ? ['fields'] : []),
        ...(block.fields ?? []).flatMap((field) => over('field', field.text, 2_000)),
      ];
    case 'context':
      return [
        ...(block.elements.length > 10 ? ['elements'] : []),
        ...block.elements.flatMap((it) => (it.type === 'mrkdwn' ? over('context', it.text, 3_000) : [])),
      ];
    default:
      return [`unexpected ${block.type}`];
  }
}

/** Every text that Slack reads as mrkdwn. */
function mrkdwnIn(blocks: readonly KnownBlock[]): string[] {
  return blocks.flatMap((block) => {
    const section = block.type === 'section' ? [block.text, ...(block.fields ?? [])] : [];
    const context = block.type === 'context' ? block.elements : [];
    return [...section, ...context].flatMap((it) => (it?.type === 'mrkdwn' ? [it.text] : []));
  });
}

/** The text without the links, dates and mentions that the message itself sets. */
const withoutOurs = (text: string) =>
  text
    .replace(/<https?:\/\/[^<>|\s]*\|(?:Runbook|runbook|Open the run|open|Logs)>/g, '')
    .replace(/<!date\^-?\d+\^[^<>|]*\|[^<>|]*>/g, '')
    .replace(/<!here>|<!channel>|<@U012AB3CD>|<!subteam\^S1>/g, '');

/** Angle brackets ping and link; an ampersand that begins no entity shows as broken text. */
const isHarmless = (text: string) => !/[<>]|&(?!(?:amp|lt|gt);)/.test(withoutOurs(text));

/** Both forms of a message, and the one for when blocks are refused. */
const formsOf = (notices: Parameters<typeof incomingMessage>[0]) => [
  messageOf('incoming', notices),
  messageOf('workflow', notices),
  plainMessageOf(notices),
];

test('a message holds no control characters but newlines and tabs', () => {
  const odd = 'a\u001b[31mred\u0000\u0007\r\nline\tb\u007f';

  fc.assert(
    fc.property(anyNotice, (notice) => {
      const names = { service_name: odd, service_request_id: odd, source_state: odd, error_message: odd };
      const links = { exception_details: odd, console_url: `https://example.com/${odd}`, logs_url: null };
      const changed = { ...notice, kind: 'alert', record: { ...notice.record, ...names, ...links } } as const;

      const messages = JSON.stringify(formsOf([alertNotice({ ...changed, route: {}, columns: changed.record })]));

      expect(messages).toContain('\ufffd[31mred\ufffd\ufffd\\nline\\tb');
      expect(messages).not.toMatch(/\\u00[01]|\\[rfbv]|\u007f/);
    }),
    { numRuns: 20 },
  );
});

test('a message keeps the limits of Block Kit, whatever is told', () => {
  fc.assert(
    fc.property(anyNotices, (notices) => {
      const { blocks, text } = incomingMessage(notices);

      expect(blocks.flatMap(faultsOf)).toEqual([]);
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(text.trim().length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(4_000);
    }),
    { numRuns: 100 },
  );
});

test("a workflow's fields are texts of at most 2,000 characters, none of them empty", () => {
  fc.assert(
    fc.property(anyNotices, (notices) => {
      const flat = workflowMessage(notices);

      expect(Object.keys(flat).sort()).toEqual(
        ['service', 'service_name', 'service_id', 'exception_details', 'time_stamp'].sort(),
      );
      const values = Object.values(flat) as unknown[];
      expect(values.filter((it) => typeof it !== 'string' || it === '' || it.length > 2_000)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('nothing in a message pings, links elsewhere, or shows as a broken entity', () => {
  fc.assert(
    fc.property(anyNotices, (notices) => {
      const { blocks, text } = incomingMessage(notices);
      const plainText = (plainMessageOf(notices) as { text: string }).text;
      const flat = Object.values(workflowMessage(notices)) as string[];

      expect([text, plainText, ...mrkdwnIn(blocks), ...flat].filter((it) => !isHarmless(it))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a text becomes a link or a mention only where the message writes one', () => {
  fc.assert(
    fc.property(anyNotices, (notices) => {
      const texts = incomingMessage(notices).blocks.flatMap((block) =>
        JSON.stringify(block).includes('"type":"mrkdwn"') ? [JSON.stringify(block)] : [],
      );

      expect(texts.filter((it) => it.split('"type":"mrkdwn"').length !== it.split('"verbatim":true').length)).toEqual(
        [],
      );
    }),
    { numRuns: 50 },
  );
});

test('a message comes through JSON and UTF-8 as it was: no character is cut in two', () => {
  fc.assert(
    fc.property(anyNotices, (notices) => {
      for (const message of formsOf(notices)) {
        const sent = Buffer.from(JSON.stringify(message), 'utf8').toString('utf8');

        expect(JSON.parse(sent)).toEqual(message);
        expect(sent).not.toMatch(/\\ud[89a-f]/);
      }
    }),
    { numRuns: 60 },
  );
});

test('nothing turns the direction of a message, and nothing in it is unseen', () => {
  fc.assert(
    fc.property(anyNotices, (notices) => {
      const messages = JSON.stringify(formsOf(notices)).replace(/\p{Extended_Pictographic}[\u200d\ufe0f]/gu, '');

      expect(messages).not.toMatch(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/);
    }),
    { numRuns: 60 },
  );
});

test('a block of code cannot be closed by its content', () => {
  fc.assert(
    fc.property(anyNotice, (notice) => {
      fc.pre(notice.kind !== 'recovery');

      const details =
        mrkdwnIn(incomingMessage([notice]).blocks).find((it) => it.startsWith('*exception_details*')) ?? '';
      const block = details.slice(details.indexOf('```'));

      expect(block.indexOf('```', 1)).toBe(block.length - 3);
      expect(block.length).toBeGreaterThan(6);
    }),
    { numRuns: 60 },
  );
});

test("every alert holds the old monitor's five fields", () => {
  fc.assert(
    fc.property(anyNotice, (notice) => {
      fc.pre(notice.kind === 'alert');

      const labels = mrkdwnIn(incomingMessage([notice]).blocks).map((it) => it.split('\n')[0]);

      expect(labels).toEqual(
        expect.arrayContaining(['*service*', '*service_name*', '*service_id*', '*time_stamp*', '*exception_details*']),
      );
    }),
    { numRuns: 60 },
  );
});
