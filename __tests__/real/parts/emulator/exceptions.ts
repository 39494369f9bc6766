/** What the emulator of AWS answers otherwise than AWS, mended in `start.py` under the same name; none is deployed. */
export const mends = {
  'alarms-are-told-whole':
    'DescribeAlarms (XML) leaves out actions, dimensions, period, statistic, missing data, and the metrics of metric math',
  'streams-are-told-whole': 'DescribeDeliveryStream leaves out CustomTimeZone and FileExtension',
  'objects-are-told-whole': 'HeadObject leaves out whether the bucket key was used',
  'unknown-images-are-refused': 'DescribeImages tells an empty list of an image that is not there',
  'missing-queries-are-told-so': 'GetWorkGroup and GetNamedQuery word it otherwise when there is none',
  'services-send-events': 'PutEvents takes no source aws.*, as on AWS; here the suites speak for the services',
  'functions-have-their-role':
    'a function that runs elsewhere gets no credentials; here those of its role, in the query',
  'only-its-own-port': 'with TLS it takes port 443 too',
} as const;

/** What its Glue answers otherwise than AWS's, or Trino reads otherwise than Athena; mended in `trino/catalogue-proxy.ts`. */
export const catalogueMends = {
  'empty-texts-are-left-out': 'GetDatabase and GetTable give back an empty Owner and Description, Glue neither',
  'views-have-an-owner': 'a view has no Owner, which Trino asks for; for Athena it is nobody',
  'storage-is-told-whole':
    'GetTable leaves out NumberOfBuckets, Compressed and StoredAsSubDirectories; Glue fills them',
  'locations-end-without-a-slash':
    'Athena takes a location with and without a closing slash, Trino before a projected partition only without',
} as const;

/** What the provider must be told to meet an emulator instead of AWS, each with its reason; none is deployed. */
export const providerSettings = {
  s3_use_path_style: { value: true, reason: 'a bucket has no host name of its own on the loopback' },
  skip_metadata_api_check: { value: 'true', reason: 'there is no instance to ask for credentials' },
  max_retries: { value: 4, reason: 'what the emulator does not know should fail soon, not after minutes' },
} as const;
