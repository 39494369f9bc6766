import { countDeadLetters, replayDeadLetters } from '../../replay/dead-letters';
import { faultsOf, names, portsInto, worldOf } from './world';

const deadLetters = names.deadLetterQueues;

function restingEverywhere() {
  return worldOf({
    [deadLetters['events-undelivered']]: ['from a rule'],
    [deadLetters['persist-undelivered']]: ['from the topic, for persist'],
    [deadLetters['notify-undelivered']]: ['from the topic, for notify'],
    [deadLetters['persist-dead-letters']]: ['given up by persist'],
    [deadLetters['notify-dead-letters']]: ['given up by notify'],
  });
}

function bodies(world: ReturnType<typeof worldOf>, queue: string) {
  return [...new Set((world.queues.get(queue) ?? []).map(({ body }) => body))].sort();
}

describe('replaying dead letters', () => {
  it('sends each message to where it was going, and empties the dead-letter queues', async () => {
    const world = restingEverywhere();

    const tallies = await replayDeadLetters(names, portsInto(world).ports);

    expect(world.published).toEqual(['from a rule']);
    expect(bodies(world, names.queues.persist)).toEqual(['from the topic, for persist', 'given up by persist']);
    expect(bodies(world, names.queues.notify)).toEqual(['from the topic, for notify', 'given up by notify']);
    expect(Object.values(deadLetters).flatMap((queue) => bodies(world, queue))).toEqual([]);
    expect(tallies.map(({ moved, kept }) => [moved, kept])).toEqual(Array(5).fill([1, 0]));
  });

  it('keeps message attributes, which hold the error of a Lambda dead letter', async () => {
    const world = restingEverywhere();

    await replayDeadLetters(names, portsInto(world).ports);

    expect(world.queues.get(names.queues.persist)?.[0]?.attributes).toEqual({
      ErrorCode: { DataType: 'String', StringValue: '200' },
    });
  });

  it('takes more messages than one receive gives', async () => {
    const many = Array.from({ length: 137 }, (_, index) => `message ${String(index).padStart(3, '0')}`);
    const world = worldOf({ [deadLetters['persist-dead-letters']]: many });

    await replayDeadLetters(names, portsInto(world).ports);

    expect(bodies(world, names.queues.persist)).toEqual(many);
  });

  it('stops at its bound, and leaves the rest for the next time', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `message ${index}`);
    const world = worldOf({ [deadLetters['persist-dead-letters']]: many });

    await replayDeadLetters(names, portsInto(world).ports, 20);

    expect(world.queues.get(deadLetters['persist-dead-letters'])).toHaveLength(30);
  });

  it('asks again when a receive finds nothing, as SQS may say so of a queue that is not empty', async () => {
    const world = restingEverywhere();
    const { ports } = portsInto(world);
    let asked = 0;
    const receive: typeof ports.receive = (queue) => (asked++ % 2 === 0 ? Promise.resolve([]) : ports.receive(queue));

    await replayDeadLetters(names, { ...ports, receive });

    expect(Object.values(deadLetters).flatMap((queue) => bodies(world, queue))).toEqual([]);
  });

  it('keeps a message that cannot be sent, moves the others, and says why', async () => {
    const world = worldOf({ [deadLetters['events-undelivered']]: ['small', 'too large', 'tiny'] });
    const { ports } = portsInto(world);
    const publish = (body: string) =>
      body === 'too large' ? Promise.reject(new Error('Message too long')) : ports.publish(body);

    const [tally] = await replayDeadLetters(names, { ...ports, publish });

    expect(bodies(world, deadLetters['events-undelivered'])).toEqual(['too large']);
    expect(tally).toMatchObject({ moved: 2, kept: 1, reasons: { 'Error: Message too long': 1 }, gaveUp: false });
  });

  it('gives up when everything fails, rather than hiding a whole queue for nothing', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `message ${index}`);
    const world = worldOf({ [deadLetters['events-undelivered']]: many });
    const publish = () => Promise.reject(new Error('not allowed'));

    const [tally] = await replayDeadLetters(names, portsInto(world, null, { publish }).ports);

    expect(tally).toMatchObject({ moved: 0, kept: 30, gaveUp: true });
    expect(world.queues.get(deadLetters['events-undelivered'])).toHaveLength(500);
  });

  it('loses nothing when it dies at any call, and finishes when it is run again', async () => {
    const whole = portsInto(restingEverywhere());
    await replayDeadLetters(names, whole.ports);

    for (const fault of faultsOf(whole.calls())) {
      const world = restingEverywhere();

      await replayDeadLetters(names, portsInto(world, fault).ports).catch(() => undefined);
      await replayDeadLetters(names, portsInto(world).ports);

      expect({
        fault,
        topic: [...new Set(world.published)],
        persist: bodies(world, names.queues.persist),
        notify: bodies(world, names.queues.notify),
        left: Object.values(deadLetters).flatMap((queue) => bodies(world, queue)),
      }).toEqual({
        fault,
        topic: ['from a rule'],
        persist: ['from the topic, for persist', 'given up by persist'],
        notify: ['from the topic, for notify', 'given up by notify'],
        left: [],
      });
    }
  });
});

describe('counting dead letters', () => {
  it('moves nothing', async () => {
    const world = restingEverywhere();

    const counts = await countDeadLetters(names, portsInto(world).ports);

    expect(counts).toEqual(Object.values(deadLetters).map((queue) => [queue, 1]));
    expect(world.published).toEqual([]);
  });
});
