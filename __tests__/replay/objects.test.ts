import type { Log } from '../../handler/log';
import { replayConversionErrors } from '../../replay/conversion-errors';
import { replayQuarantine } from '../../replay/quarantine';
import { faultsOf, portsInto, worldOf } from './world';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

const quarantined = {
  'quarantine/dt=2025-03-09/m1-0.json':
    '{"reason":"no source","arrived_at":"2025-03-09T06:00:00.000Z","event":{"source":"aws.new"}}',
  'quarantine/dt=2025-03-09/m2-0.json': '{"reason":"not JSON","arrived_at":"2025-03-09T06:00:00.000Z","text":"hello"}',
};

const errorsAt = 'firehose-errors/format-conversion-failed/2025/03/09/06/stream-1';

function errorLine(row: string): string {
  return JSON.stringify({ attemptsMade: 4, lastErrorCode: 'x', rawData: Buffer.from(row).toString('base64') });
}

const broken = { [errorsAt]: `${errorLine('{"event_id":"a"}')}\n${errorLine('{"event_id":"ä"}')}\n` };

describe('replaying the quarantine', () => {
  it('publishes the events and texts, and deletes their objects', async () => {
    const world = worldOf({}, { ...quarantined, 'monitor/state/dt=2025-03-09/x.parquet': 'rows' });

    const tally = await replayQuarantine(portsInto(world).ports);

    expect(world.published).toEqual(['{"source":"aws.new"}', 'hello']);
    expect([...world.objects.keys()]).toEqual(['monitor/state/dt=2025-03-09/x.parquet']);
    expect(tally).toMatchObject({ moved: 2, kept: 0 });
  });

  it('does not run after an event that is refused again', async () => {
    const world = worldOf({}, quarantined);
    const { ports } = portsInto(world);
    const publish = async (body: string) => {
      await ports.publish(body);
      world.objects.set(`quarantine/dt=2025-03-10/again-${body.length}.json`, JSON.stringify({ text: body }));
    };

    const tally = await replayQuarantine({ ...ports, publish });

    expect(tally).toMatchObject({ moved: 2 });
    expect(world.objects.size).toBe(2);
  });

  it.each(['', '{', '[]', '{"reason":"x"}', '{"event":[],"text":""}'])(
    'keeps an object that it did not write: %s',
    async (content) => {
      const world = worldOf({}, { 'quarantine/odd.json': content });

      const tally = await replayQuarantine(portsInto(world).ports);

      expect([...world.objects.keys()]).toEqual(['quarantine/odd.json']);
      expect(tally).toMatchObject({
        kept: 1,
        reasons: { 'Error: quarantine/odd.json holds neither "event" nor "text": quarantine did not write it': 1 },
      });
    },
  );

  it('loses nothing when it dies at any call', async () => {
    for (const fault of faultsOf(6)) {
      const world = worldOf({}, quarantined);

      await replayQuarantine(portsInto(world, fault).ports);
      await replayQuarantine(portsInto(world).ports);

      expect([...new Set(world.published)].sort()).toEqual(['hello', '{"source":"aws.new"}']);
      expect(world.objects.size).toBe(0);
    }
  });
});

describe('replaying conversion errors', () => {
  it('puts the rows back into the stream as they were, and deletes the object', async () => {
    const world = worldOf({}, { ...broken, 'firehose-errors/other/x': 'not ours' });

    const tally = await replayConversionErrors(portsInto(world).ports, silent);

    expect(world.streamed.join('')).toBe('{"event_id":"a"}{"event_id":"ä"}');
    expect([...world.objects.keys()]).toEqual(['firehose-errors/other/x']);
    expect(tally).toMatchObject({ moved: 1, kept: 0 });
  });

  it('puts each row of a packed record back as a record of its own, so that a bad one fails alone', async () => {
    const world = worldOf({}, { [errorsAt]: errorLine('{"event_id":"a"}{"event_id":5,}{"event_id":"c{"}') });

    await replayConversionErrors(portsInto(world).ports, silent);

    expect(world.streamed).toEqual(['{"event_id":"a"}', '{"event_id":5,}', '{"event_id":"c{"}']);
    expect(world.objects.size).toBe(0);
  });

  it('keeps the object while Firehose refuses a row of it', async () => {
    const world = worldOf({}, broken);
    const putRecordBatch = (records: readonly string[]) =>
      Promise.resolve(records.map(() => 'ServiceUnavailableException'));

    const tally = await replayConversionErrors(portsInto(world, null, { putRecordBatch }).ports, silent);

    expect([...world.objects.keys()]).toEqual([errorsAt]);
    expect(tally).toMatchObject({
      moved: 0,
      kept: 1,
      reasons: { 'Error: Firehose did not take all rows of an object': 1 },
    });
  });

  it.each([
    ['no JSON', `${errorLine('{}')}\nnot json\n`, `${errorsAt}:2: no "rawData"`],
    ['no row', '{"attemptsMade":4}', `${errorsAt}:1: no "rawData"`],
    ['bytes that are no text', JSON.stringify({ rawData: '/w==' }), `${errorsAt}:1: "rawData" is not UTF-8`],
  ])('puts nothing of an object with a line of %s', async (_, content, reason) => {
    const world = worldOf({}, { [errorsAt]: content });

    const tally = await replayConversionErrors(portsInto(world).ports, silent);

    expect(world.streamed).toEqual([]);
    expect(world.objects.size).toBe(1);
    expect(Object.keys(tally.reasons)[0]).toContain(reason);
  });

  it('loses nothing when it dies at any call', async () => {
    for (const fault of faultsOf(6)) {
      const world = worldOf({}, broken);

      await replayConversionErrors(portsInto(world, fault).ports, silent);
      await replayConversionErrors(portsInto(world).ports, silent);

      expect(world.streamed.join('')).toContain('{"event_id":"a"}{"event_id":"ä"}');
      expect(world.objects.size).toBe(0);
    }
  });
});
