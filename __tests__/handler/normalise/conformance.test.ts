import { compilePattern } from '../../../handler/event/match';
import { readMessages } from '../../../handler/event/message';
import { unwrap } from '../../../handler/event/unwrap';
import { sources } from '../../../handler/normalise/sources.generated';
import { encode } from '../../../handler/record/encode';
import { faultsOf, read, readFixtures, readPublicSamples, recordOf, type Sample } from './samples';

const fixtures = readFixtures();
const publicSamples = readPublicSamples();
const claims = sources.map(({ name, pattern }) => ({ name, matches: compilePattern(pattern) }));

function named<S extends Sample>(samples: readonly S[]): [string, S][] {
  return samples.map((sample) => [sample.name, sample]);
}

/** The events in an input, out of their wrapping. */
function eventsIn(input: unknown) {
  return readMessages(input)
    .flatMap(({ body, attributes }) => unwrap(body, attributes))
    .flatMap((occurrence) => ('event' in occurrence ? [occurrence.event] : []));
}

function claimantsOf(event: unknown): readonly string[] {
  return claims.filter(({ matches }) => matches(event)).map(({ name }) => name);
}

describe.each(sources)('$name', (source) => {
  const own = fixtures.filter(({ folder }) => folder === source.name);

  it('has a name, a title and fixtures: at least a success, and a failure or a stop', () => {
    const types = own.flatMap(({ input }) => read(input)).flatMap(({ records }) => records.map((it) => it.event_type));

    expect(source.name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(source.title).not.toBe('');
    expect(types).toEqual(expect.arrayContaining(['succeeded', 'failed']));
  });

  it('keeps a state that nobody knows yet, as a row with the word unchanged', () => {
    const tomorrow = own.filter(({ input }) => /"evaporated"/i.test(JSON.stringify(input)));

    expect(tomorrow.map(({ input }) => recordOf(input).source_state)).toEqual([expect.stringMatching(/^evaporated$/i)]);
  });

  it('lets through by its pattern exactly what becomes its rows', () => {
    const claimed = own.flatMap(({ name, input }) =>
      eventsIn(input).some((event) => claimantsOf(event).includes(source.name)) ? [name] : [],
    );
    const rows = own.filter(({ expected }) => !String(expected['quarantine'] ?? '').match(/\bstate\b|claims/));

    expect(claimed).toEqual(rows.map(({ name }) => name));
  });
});

describe.each(named(fixtures))('%s', (_, { folder, input, expected }) => {
  const { records, refused } = read(input);
  const reasons = refused.map(({ reason }) => reason);

  if ('quarantine' in expected) {
    it('goes to quarantine with its reason', () => {
      expect(records).toEqual([]);
      expect(reasons).toEqual([expect.stringContaining(String(expected['quarantine']))]);
    });
  } else {
    it('becomes the row that a person wrote down for it', () => {
      expect(reasons).toEqual([]);
      expect(records).toEqual([expect.objectContaining({ service_type: folder, ...expected })]);
    });
  }
});

describe.each(named<Sample>([...fixtures, ...publicSamples]))('%s', (_, { input }) => {
  it('becomes whole rows, or is refused with a reason', () => {
    const { records, refused } = read(input);

    expect(records.length + refused.length).toBeGreaterThan(0);
    expect(records.flatMap(faultsOf)).toEqual([]);
    expect(refused.filter(({ reason }) => reason === '' || reason.startsWith('it could not be read'))).toEqual([]);
  });

  it('is claimed by one source at the most, and its row bears the name of that source', () => {
    const claimants = eventsIn(input).map(claimantsOf);
    const types = read(input).records.map((record) => record.service_type);

    expect(claimants.filter((names) => names.length > 1)).toEqual([]);
    expect(claimants.flat()).toEqual(expect.arrayContaining(types));
  });

  it('reads the same when it comes a second time', () => {
    expect(read(input)).toEqual(read(structuredClone(input)));
  });

  it('becomes JSON with every column, and nothing else', () => {
    const records = read(input).records;

    expect(records.map((record) => JSON.parse(encode(record)))).toEqual(records);
  });
});

const service = new Map([
  ['glue', ['glue_job', 'glue_crawler']],
  ['lambda', ['lambda']],
  ['states', ['step_functions']],
  ['emr-serverless', ['emr_serverless']],
  ['emr', ['emr_step']],
  ['athena', ['athena_query']],
  ['redshift-data', ['redshift_data']],
  ['glue-dataquality', ['glue_data_quality']],
  ['databrew', ['databrew_job']],
  ['dms', ['dms_task']],
  ['appflow', ['appflow']],
  ['datasync', ['datasync']],
  ['transfer', ['transfer_family']],
  ['sagemaker', ['sagemaker_job', 'sagemaker_pipeline']],
]);
/** What is about no run, or an intermediate state. */
const notOurs =
  /catalog-(?:table|database)|handwritten-source|task-(?:created|started)|initializing|crawler-started|responsePayload-only|application-|resource-utilization|cluster-|instance-group|autoscaling|queued|endpoint|tuning|labeling|model-package|pipeline-step/;
const known = publicSamples.filter(({ name, folder }) => service.has(folder) && !notOurs.test(name));

describe('what AWS documents of the sources', () => {
  it('becomes rows, where the machine has the samples', () => {
    const others = known.filter(({ folder, input }) => !service.get(folder)?.includes(recordOf(input).service_type));

    expect(others.map(({ name }) => name)).toEqual([]);
  });
});
