import { normalise } from '../../../handler/normalise';
import type { StateRecord } from '../../../handler/record/schema';
import { defaultSettings, type OwnSource } from '../../../handler/settings';

const pipelines: OwnSource = {
  name: 'pipeline',
  pattern: { source: ['example.pipelines'], 'detail-type': ['Pipeline Finished'] },
  fields: {
    service_name: ['detail', 'pipeline'],
    state: ['detail', 'outcome'],
    others: {
      service_request_id: ['detail', 'run', 0, 'id'],
      error_message: ['detail', 'errors', -1],
      error_type: ['detail', 'kind'],
      started_at: ['detail', 'begun'],
      ended_at: ['time'],
      retry_attempts: ['detail', 'try'],
      console_url: ['detail', 'page'],
    },
  },
  states: { DONE: 'succeeded', BROKEN: 'failed', HALTED: 'stopped', odd: 'melted' },
  replaces: null,
};
const detail = { pipeline: 'orders', run: [{ id: 17 }], outcome: 'DONE', begun: '2025-03-10T06:00:00Z', try: '2' };

function event(fields: object = {}, envelope: object = {}) {
  return {
    id: 'event-1',
    source: 'example.pipelines',
    'detail-type': 'Pipeline Finished',
    account: '111122223333',
    region: 'eu-central-1',
    time: '2025-03-10T06:10:00Z',
    detail: { ...detail, ...fields },
    ...envelope,
  };
}

function normaliseBy(ownSources: OwnSource[], of: ReturnType<typeof event>) {
  return normalise(of, {
    arrivedAt: new Date('2025-03-10T06:10:05Z'),
    capturedBy: 'event',
    recordedAt: '2025-03-10T06:10:06.000Z',
    settings: { ...defaultSettings, ownSources },
  });
}

function recordOf(of: ReturnType<typeof event>, own = pipelines): Partial<StateRecord> {
  const result = normaliseBy([own], of);
  if ('quarantine' in result) throw new Error(result.quarantine);
  return result.record;
}

describe('a source that the user declares', () => {
  it('makes a row of what its paths lead to', () => {
    expect(recordOf(event())).toMatchObject({
      service_type: 'pipeline',
      service_name: 'orders',
      service_request_id: '17',
      event_type: 'succeeded',
      source_state: 'DONE',
      started_at: '2025-03-10T06:00:00.000Z',
      ended_at: '2025-03-10T06:10:00.000Z',
      duration_ms: 600_000,
      retry_attempts: 2,
      error_message: null,
    });
  });

  it('tells the error of a failure, and its class', () => {
    const errors = ['first', 'ValueError: no such column'];

    expect(recordOf(event({ outcome: 'BROKEN', errors }))).toMatchObject({
      event_type: 'failed',
      error_type: 'ValueError',
      error_message: expect.stringContaining('no such column'),
    });
    expect(recordOf(event({ outcome: 'BROKEN', errors, kind: 'SchemaError' })).error_type).toBe('SchemaError');
  });

  it('keeps an error that is an object as JSON', () => {
    const record = recordOf(event({ outcome: 'BROKEN', errors: [{ code: 7 }] }));

    expect(record.exception_details).toBe('{"code":7}');
  });

  it('tells a state that nobody declared by the words in it, and one that is missing as a failure', () => {
    expect(recordOf(event({ outcome: 'WORK_COMPLETED' })).event_type).toBe('succeeded');
    expect(recordOf(event({ outcome: 'odd' })).event_type).toBe('failed');
    expect(recordOf(event({ outcome: undefined }))).toMatchObject({ event_type: 'failed', source_state: 'unknown' });
  });

  it('takes the event itself for the run where none is named', () => {
    expect(recordOf(event({ run: null })).service_request_id).toBe('event-1');
  });

  it('links pages, and nothing else', () => {
    expect(recordOf(event({ page: 'https://example.org/1' })).console_url).toBe('https://example.org/1');
    expect(recordOf(event({ page: 'javascript:alert(1)' })).console_url).toBeNull();
  });

  it('refuses an event that names no task, and says where it looked', () => {
    expect(normaliseBy([pipelines], event({ pipeline: { name: 'orders' } }))).toEqual({
      quarantine: 'pipeline: service_name: there is no text at $["detail"]["pipeline"]',
    });
  });

  it('does not follow a path into what every object inherits', () => {
    const own = { ...pipelines, fields: { ...pipelines.fields, service_name: ['detail', 'constructor', 'name'] } };

    expect(normaliseBy([own], event())).toHaveProperty('quarantine');
  });

  it('is nobody where another version wrote a pattern that cannot be matched with', () => {
    const odd = { ...pipelines, pattern: { source: [{ numeric: ['>', 1] }] } };

    expect(normaliseBy([odd], event())).toEqual({
      quarantine: 'no source claims example.pipelines, Pipeline Finished',
    });
  });

  it('may take events from anybody, of any type', () => {
    const anybody = { ...pipelines, pattern: { detail: { pipeline: [{ exists: true }] } } };

    expect(recordOf(event({}, { source: 'whoever', 'detail-type': 'Whatever' }), anybody)).toMatchObject({
      service_type: 'pipeline',
    });
  });
});

describe('beside the sources of ours', () => {
  const glueEvent = event(
    { jobName: 'orders', jobRunId: 'jr_1', state: 'FAILED', pipeline: 'mine', outcome: 'BROKEN' },
    { source: 'aws.glue', 'detail-type': 'Glue Job State Change' },
  );
  const glue = { source: ['aws.glue'], 'detail-type': ['Glue Job State Change'] };

  it('ours claim first', () => {
    expect(recordOf(glueEvent, { ...pipelines, pattern: glue })).toMatchObject({
      service_type: 'glue_job',
      service_name: 'orders',
    });
  });

  it('one that replaces ours takes its place', () => {
    expect(recordOf(glueEvent, { ...pipelines, pattern: glue, replaces: 'glue_job' })).toMatchObject({
      service_type: 'pipeline',
      service_name: 'mine',
    });
  });
});
