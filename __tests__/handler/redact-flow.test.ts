import { createNotify, createPersist } from '../../handler/process';
import { batchOf, glueEvent } from './process-events';
import { type Deeds, type Instead, worldWith } from './process-world';
import { harmlessTexts } from './redact-harmless';
import { plantedSecrets } from './redact-planted';

/** Everything that left a function: rows, objects (quarantine, ledger, incidents, causes), messages and log lines. */
function allThatLeft({ puts, objects, posts, lines }: Deeds): string {
  const bodies = posts.map(({ body }) => body);
  const texts = [...puts.flat(), ...objects.keys(), ...objects.values(), ...bodies, ...lines];
  return texts.flatMap((text) => [text, plainOf(text)]).join('\n');
}

/** A JSON text as a person reads it, without the escapes of its texts. */
function plainOf(text: string): string {
  return text.replaceAll('\\"', '"').replaceAll('\\\\', '\\').replaceAll('&amp;', '&').replaceAll('&lt;', '<');
}

/** Sends messages through both functions, each in a world of its own. */
async function flow(bodies: readonly unknown[], settings = '{}', instead: Instead = {}) {
  const persist = worldWith(instead, settings);
  const notify = worldWith(instead, settings);
  await createPersist(persist.world)(batchOf(...bodies));
  await createNotify(notify.world)(batchOf(...bodies));
  return [persist.deeds, notify.deeds] as const;
}

/** The ways on which a text comes in: as the error of sources of several kinds, deep inside, as no event at all. */
function waysOf(text: string): readonly unknown[] {
  const arn = 'arn:aws:states:eu-west-1:111122223333:execution:nightly:5e0f';
  const detail = { executionArn: arn, stateMachineArn: arn, status: 'FAILED', error: 'States.TaskFailed' };
  const states = { source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change' };
  return [
    glueEvent('jr_1', 'FAILED', { message: text }),
    { ...glueEvent('e1', 'FAILED'), ...states, detail: { ...detail, cause: JSON.stringify({ errorMessage: text }) } },
    { ...glueEvent('e2', 'FAILED'), ...states, detail: { ...detail, cause: text, executionArn: `${arn}1` } },
    {
      version: '1.0',
      timestamp: '2026-01-05T09:59:30.000Z',
      requestContext: {
        requestId: '0f1e2d3c-1111-4222-8333-999988887777',
        functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:load:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { note: text },
      responsePayload: { errorType: 'Error', errorMessage: text, stackTrace: [text], trace: [`Error: ${text}`] },
    },
    { source: 'nobody', 'detail-type': 'Nothing', detail: { more: [{ text }], [text]: 1 } },
    `no JSON: ${text}`,
    JSON.stringify([text]),
  ];
}

describe('no secret leaves the handler', () => {
  it('has at least eighty of at least twenty kinds to try', () => {
    expect(plantedSecrets.length).toBeGreaterThanOrEqual(80);
    expect(new Set(plantedSecrets.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(20);
    expect(plantedSecrets.filter(({ text, secret }) => !text.includes(secret))).toEqual([]);
  });

  it.each(plantedSecrets)('of the kind $kind: $text', async ({ text, secret }) => {
    const [persist, notify] = await flow(waysOf(text));

    expect(persist.rows.length).toBeGreaterThanOrEqual(4);
    expect([...persist.objects.keys()].filter((key) => key.startsWith('quarantine/'))).toHaveLength(3);
    expect([...notify.objects.keys()].some((key) => key.startsWith('monitor/notification/'))).toBe(true);
    expect(notify.posts.length).toBeGreaterThan(0);
    expect(allThatLeft(persist)).not.toContain(secret);
    expect(allThatLeft(notify)).not.toContain(secret);
  });
});

describe('what is no secret comes through', () => {
  it('has at least a hundred and fifty texts to try', () => {
    expect(new Set(harmlessTexts).size).toBeGreaterThanOrEqual(150);
  });

  it.each(harmlessTexts)('in the row and in the quarantine: %s', async (text) => {
    const stranger = { source: 'nobody', 'detail-type': 'Nothing', detail: { text, inner: JSON.stringify({ text }) } };
    const [persist] = await flow([glueEvent('jr_1', 'FAILED', { message: text }), stranger]);

    const kept = JSON.parse([...persist.objects.values()][0] ?? '{}') as { event: { detail: unknown } };
    expect(kept.event.detail).toEqual({ text, inner: JSON.stringify({ text }) });
    expect((JSON.parse(persist.rows[0]?.detail ?? '{}') as { message: string }).message).toBe(text);
  });
});

describe('the patterns of the user', () => {
  const settings = JSON.stringify({
    redactionPatterns: [String.raw`KD-\d{6}`, 'customer "[^"]+"', '(', 'x*', 'a{2,1}'],
  });

  it('are taken out of row, quarantine, ledger, Slack and log, though nothing looks like a secret', async () => {
    const [persist, notify] = await flow(waysOf('no order for KD-123456 of customer "Ada L"'), settings);

    for (const deeds of [persist, notify]) {
      expect(allThatLeft(deeds)).not.toContain('KD-123456');
      expect(allThatLeft(deeds)).not.toContain('Ada L');
    }
    expect(persist.rows[0]?.error_message).toBe('no order for [redacted] of [redacted]');
  });

  it('that cannot be used cost themselves, and are told once, not as they are written', async () => {
    const { world, deeds } = worldWith({}, settings);
    const persist = createPersist(world);

    await persist(batchOf(glueEvent('jr_1', 'FAILED', { message: 'KD-123456' })));
    await persist(batchOf(glueEvent('jr_2', 'FAILED', { message: 'KD-654321' })));

    const told = deeds.lines.filter((line) => line.includes('A redaction pattern is no'));
    expect(told.map((line) => (JSON.parse(line) as { at: number }).at)).toEqual([2, 4]);
    expect(told.join('')).not.toContain('a{2,1}');
    expect(JSON.stringify(deeds.rows)).not.toContain('KD-');
  });
});
