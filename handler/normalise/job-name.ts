/** What a pipeline puts around the name of its step: `pipelines-4r83jejmhorv-TrainModel-xw869y8C4a`. */
const ofPipeline = /^pipelines-[a-z0-9]{12}-(.+)-[A-Za-z0-9]{10}$/;

/** What AWS Batch makes of the name of a job: `AWSBatch` in front, 32 hexadecimal digits behind. */
const ofBatch = /^AWSBatch(.+?)-?[0-9a-f]{32}$/;

/** Ends that make a name unique and change with every run: times, counters of tuning jobs, UUIDs (cut off or not). */
const uniqueEnds: readonly RegExp[] = [
  /[-_]20\d\d-[01]\d-[0-3]\d(?:[-T][0-2]\d-[0-5]\d(?:-[0-5]\d(?:-\d{3,6})?)?)?Z?$/i,
  /[-_]20\d\d[01]\d[0-3]\d(?:[-T]?[0-2]\d[0-5]\d(?:[0-5]\d)?)?Z?$/i,
  /-\d\d[01]\d[0-3]\d-[0-2]\d[0-5]\d$/,
  /-\d{3}-[0-9a-f]{8}$/,
  /[-_]1\d{9}(?:\d{3})?$/,
  /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{1,12}$/i,
  /-[0-9a-f]{32}$/i,
];

/** No name of a job is longer (SageMaker allows 63 characters, AWS Batch 128). */
const longest = 256;

/**
 * The task that a job of SageMaker or AWS Batch belongs to. SageMaker wants a new name for every job, and with both people
 * and tools put a time or an id into it: what changes from run to run is taken away, unless nothing would be left.
 */
export function taskOfJob(name: string): string {
  if (name.length > longest) {
    return name;
  }
  const inner = ofPipeline.exec(name)?.[1] ?? ofBatch.exec(name)?.[1] ?? name;
  const end = uniqueEnds.find((form) => form.test(inner));
  const rest = end === undefined ? '' : inner.replace(end, '');
  return rest === '' ? inner : taskOfJob(rest);
}
