import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { incomingMessage } from '../../../../handler/alert/message/block-kit';
import { workflowMessage } from '../../../../handler/alert/message/workflow';
import { anyRecord } from '../record';

const anyAlert = anyRecord.map((record) => ({ record, eventType: record.event_type, changes: [record] }));

/** The Block Kit limits that Slack documents: more, or an empty text, and it rejects the whole message. */
function faultsOf(block: KnownBlock): string[] {
  const over = (what: string, text: string, limit: number) =>
    text.length > limit || text.length === 0 ? [`${what}: ${text.length}`] : [];
  switch (block.type) {
    case 'header':
      return over('header', block.text.text, 150);
    case 'section':
      return [
        ...(block.text ? over('section', block.text.text, 3_000) : []),
        ...((block.fields?.length ?? 1) > 10 ? ['fields'] : []),
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

/** The text without the links and the date that the message itself sets. */
const withoutLinks = (text: string) =>
  text.replace(/<https?:\/\/[^<>|]*\|(?:Open the run|Logs)>/g, '').replace(/<!date\^\d+\^[^<>|]*\|[^<>|]*>/g, '');

/** Angle brackets ping and link; an ampersand that begins no entity shows as broken text. */
const isHarmless = (text: string) => !/[<>]|&(?!(?:amp|lt|gt);)/.test(withoutLinks(text));

test('a message holds no control characters but newlines and tabs', () => {
  const odd = 'a\u001b[31mred\u0000\u0007\r\nline\tb\u007f';

  fc.assert(
    fc.property(anyRecord, (record) => {
      const names = { service_name: odd, service_request_id: odd, source_state: odd, error_message: odd };
      const links = { exception_details: odd, console_url: `https://example.com/${odd}`, logs_url: null };
      const alert = { record: { ...record, ...names, ...links }, eventType: record.event_type, changes: [record] };

      const messages = JSON.stringify([incomingMessage(alert), workflowMessage(alert)]);

      expect(messages).toContain('\ufffd[31mred\ufffd\ufffd\\nline\\tb');
      expect(messages).not.toMatch(/\\u00[01]|\\[rfbv]|\u007f/);
    }),
    { numRuns: 20 },
  );
});

test('a message keeps the limits of Block Kit, whatever the record holds', () => {
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const { blocks, text } = incomingMessage(alert);

      expect(blocks.flatMap(faultsOf)).toEqual([]);
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(4_000);
    }),
    { numRuns: 200 },
  );
});

test('nothing in a message pings, links elsewhere, or shows as a broken entity', () => {
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const { blocks, text } = incomingMessage(alert);
      const flat = Object.values(workflowMessage(alert)) as string[];

      expect([text, ...mrkdwnIn(blocks), ...flat].filter((it) => !isHarmless(it))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('a cut never splits a character', () => {
  fc.assert(
    fc.property(anyAlert, ({ eventType, record }) => {
      const clean = Object.fromEntries(
        Object.entries(record).map(([name, value]) => [
          name,
          typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '?') : value,
        ]),
      ) as typeof record;
      const alert = { record: clean, eventType, changes: [clean] };

      expect(JSON.stringify([incomingMessage(alert), workflowMessage(alert)])).not.toMatch(/\\ud[89a-f]/);
    }),
    { numRuns: 120 },
  );
});

test('a block of code cannot be closed by its content', () => {
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const details = mrkdwnIn(incomingMessage(alert).blocks).find((it) => it.startsWith('*exception_details*')) ?? '';
      const block = details.slice(details.indexOf('```'));

      expect(block.indexOf('```', 1)).toBe(block.length - 3);
      expect(block.length).toBeGreaterThan(6);
    }),
    { numRuns: 200 },
  );
});

test("every message holds the old monitor's five fields", () => {
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const labels = mrkdwnIn(incomingMessage(alert).blocks).map((it) => it.split('\n')[0]);
      const flat = workflowMessage(alert);

      expect(labels).toEqual(
        expect.arrayContaining(['*service*', '*service_name*', '*service_id*', '*time_stamp*', '*exception_details*']),
      );
      expect(Object.keys(flat)).toEqual(['service', 'service_name', 'service_id', 'exception_details', 'time_stamp']);
      expect(Object.values(flat).filter((it) => typeof it !== 'string' || it === '')).toEqual([]);
    }),
    { numRuns: 120 },
  );
});
