import { readDmsMessage } from '../../../handler/normalise/dms-message';

describe('a message of DMS', () => {
  it.each([
    ['Stop Reason FULL_LOAD_ONLY_FINISHED', 'succeeded'],
    ['Stop Reason STOPPED_AFTER_FULL_LOAD', 'succeeded'],
    ['Stop Reason STOPPED_AFTER_CACHED_EVENTS', 'succeeded'],
    ['Stop Reason STOPPED_AT_SERVER_TIME', 'succeeded'],
    ['Replication task has stopped. Stop Reason NORMAL.', 'stopped'],
    ['Stop Reason RECOVERABLE_ERROR', 'failed'],
    ['Stop Reason FATAL_ERROR Error Level FATAL', 'failed'],
    ['Stop Reason STOPPED_DUE_TO_LOW_DISK', 'failed'],
    ['Stop Reason A_NEW_KIND_OF_ERROR', 'failed'],
    ['Stop Reason EVAPORATED', 'failed'],
    ['Replication task stopped', null],
  ])('%s ends as %s', (message, end) => {
    expect(readDmsMessage(message).end).toBe(end);
  });

  it.each([
    [
      'Last Error  Out of memory. Task error notification received from subtask 0. Stop Reason FATAL_ERROR Error Level FATAL',
      'FATAL_ERROR',
      'Out of memory. Task error notification received from subtask 0.',
    ],
    ['Last Error Binlog is gone\nStop Reason RECOVERABLE_ERROR', 'RECOVERABLE_ERROR', 'Binlog is gone'],
    ['Stop Reason FATAL_ERROR Error Level FATAL', 'FATAL_ERROR', 'Stop Reason FATAL_ERROR Error Level FATAL'],
    ['Replication task has stopped. Stop Reason NORMAL', null, 'Replication task has stopped.'],
    ['A replication task has failed.', null, 'A replication task has failed.'],
  ])('%j says the cause alone, and keeps the whole', (message, type, line) => {
    expect(readDmsMessage(message).error).toEqual({
      error_type: type,
      error_message: line,
      exception_details: message,
    });
  });

  it.each([' ', '\n', 'Stop Reason ', 'Last Error '])('of a megabyte of %j takes no time to speak of', (part) => {
    const begun = performance.now();

    readDmsMessage(`x${part.repeat((1 << 20) / part.length)}x`);

    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
