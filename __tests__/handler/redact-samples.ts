const body = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Joined here, so that no scanner takes this file for a leak. */
const joined = (...parts: readonly string[]) => parts.join('');

const key = body.repeat(4).slice(0, 64);
const hex = '0123456789abcdef'.repeat(2);
const jwt = joined(
  'eyJ',
  'hbGciOiJIUzI1NiJ9',
  '.eyJ',
  'zdWIiOiIxMjM0NTY3ODkwIn0',
  '.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
);
const begin = joined('-----BEGIN RSA ', 'PRIVATE KEY-----');
const end = joined('-----END RSA ', 'PRIVATE KEY-----');

/** Kind of secret, what must not be left of it, and an error text that gives it away. */
export const secrets: readonly (readonly [kind: string, secret: string, text: string])[] = [
  access('AKIA', 'InvalidAccessKeyId: The AWS Access Key Id you provided (KEY) does not exist in our records'),
  access('ASIA', 'credentials for KEY have expired'),
  ['a secret key assignment', key.slice(0, 40), `aws_secret_access_key = ${key.slice(0, 40)}`],
  ['a secret key in YAML', key.slice(0, 40), `SecretAccessKey: ${key.slice(0, 40)}`],
  [
    'a secret key in Hadoop configuration',
    key.slice(0, 40),
    `fs.s3a.secret.key=${key.slice(0, 40)}, fs.s3a.endpoint=x`,
  ],
  ['a session token', `IQoJb3JpZ2luX2VjE${key}`, `AWS_SESSION_TOKEN=IQoJb3JpZ2luX2VjE${key}`],
  [
    'a session token in a signed URL',
    `IQoJb3${key}`,
    `GET https://lake.s3.amazonaws.com/a?X-Amz-Security-Token=IQoJb3${key}&X-Amz-Date=1`,
  ],
  [
    'a signature in a signed URL',
    key,
    `403 for https://lake.s3.amazonaws.com/a?X-Amz-Credential=x&X-Amz-Signature=${key}`,
  ],
  [
    'a Slack bot token',
    joined('xox', 'b-1234567890-', key),
    `slack_sdk.errors: invalid_auth for ${joined('xox', 'b-1234567890-', key)}`,
  ],
  ['a Slack app token', joined('xa', 'pp-1-A012-', key), `cannot connect with ${joined('xa', 'pp-1-A012-', key)}`],
  [
    'a Slack webhook',
    'T00000000/B00000000',
    joined('POST https://hooks.', 'slack.com/services/T00000000/B00000000/', body, ' failed'),
  ],
  [
    'a Slack workflow',
    'T0000/A0000',
    joined('POST https://hooks.', 'slack.com/workflows/T0000/A0000/1/', body, ' failed'),
  ],
  ['a GitHub token', joined('gh', 'p_', body), `fatal: could not read from ${joined('gh', 'p_', body)}`],
  [
    'a GitHub fine-grained token',
    joined('github', '_pat_', body),
    `remote: ${joined('github', '_pat_', body)} is expired`,
  ],
  ['a GitLab token', joined('gl', 'pat-', body), `clone with ${joined('gl', 'pat-', body)} failed`],
  ['an npm token', joined('np', 'm_', body), `//registry.npmjs.org/:_authToken=${joined('np', 'm_', body)}`],
  [
    'a Stripe key',
    joined('sk', '_live_', body),
    `stripe.error: Invalid API Key provided: ${joined('sk', '_live_', body)}`,
  ],
  ['a Databricks token', hex, `databricks.sdk: 403 for ${joined('da', 'pi', hex)}`],
  ['an OpenAI key', body, `openai.AuthenticationError: Incorrect API key provided: ${joined('s', 'k-', body)}.`],
  ['an OpenAI key of a project', body, `401 for ${joined('s', 'k-proj-', body)}`],
  ['a Google key', body.slice(1), `GET https://maps.example.com/?q=a&key=${joined('AI', 'za', body.slice(1))} failed`],
  ['a SendGrid key', body.slice(0, 22), `sendgrid: ${joined('S', 'G.', body.slice(0, 22), '.', body)} is not valid`],
  [
    'an Azure account key',
    `${key}==`,
    `DefaultEndpointsProtocol=https;AccountName=lake;${joined('Account', 'Key=')}${key}==;EndpointSuffix=core.windows.net`,
  ],
  [
    'a shared access signature of Azure',
    `${key}%3D`,
    `403 for https://lake.blob.core.windows.net/raw/a?sv=2024-11-04&sp=r&sig=${key}%3D`,
  ],
  [
    'a shared access signature in the JSON of Gson',
    key,
    String.raw`url https://lake.blob.core.windows.net/raw/a?sp\u003dr\u0026sig\u003d${key}`,
  ],
  [
    'an OpenAI key on a line of escaped JSON',
    body,
    String.raw`{\"errorMessage\":\"refused\n${joined('s', 'k-', body)}\"}`,
  ],
  ['a JWT', jwt.slice(4), `JWTExpired for ${jwt}`],
  ['a private key', 'MIIEpAIBAAKCAQEA', `could not load ${begin}\nMIIEpAIBAAKCAQEA\nMIIEpAIBAAKCAQEA\n${end} as PEM`],
  [
    'a private key with escaped newlines',
    'MIIEpAIBAAKCAQEA',
    `could not load ${begin}\\nMIIEpAIBAAKCAQEA\\n${end} as PEM`,
  ],
  ['a private key that was cut', 'MIIEpAIBAAKCAQEA', `could not load ${begin}\nMIIEpAIBAAKCAQEA`],
  [
    'a password in a URL',
    'hunter2pw',
    'OperationalError: postgresql+psycopg2://etl:hunter2pw@db.example.com/lake refused',
  ],
  ['a password with an @ in a URL', 'ssword2', 'connect to postgresql://etl:p@ssword2@db.example.com:5432/lake failed'],
  ['a password with many @ in a URL', 'ssword2', '{"url": "mysql://etl:@p@@ssword2@@db.example.com/lake"}'],
  [
    'a password with an @ of a JDBC Oracle string',
    'ssword2',
    'jdbc:oracle:thin:etl/p@ssword2@//db.example.com:1521/lake',
  ],
  ['a password in a URL without user', 'hunter2pw', 'redis.exceptions: redis://:hunter2pw@cache.example.com:6379/0'],
  [
    'a password in a URL of a repository',
    'hunter2pw',
    'pip install from https://build:hunter2pw@pypi.example.com/simple failed',
  ],
  ['a password with odd characters in a URL', 'hun!ter$2', 'mongodb+srv://etl:hun!ter$2@db.example.com'],
  [
    'a password of a JDBC string',
    'hunter2pw',
    'jdbc:sqlserver://db.example.com:1433;user=etl;password=hunter2pw;encrypt=true',
  ],
  [
    'a password of a JDBC query',
    'hunter2pw',
    'jdbc:mysql://db.example.com/lake?user=etl&password=hunter2pw&useSSL=true',
  ],
  ['a password of a JDBC Oracle string', 'hunter2pw', 'jdbc:oracle:thin:etl/hunter2pw@db.example.com:1521/lake'],
  ['a password of an ODBC string', 'hunter2pw', 'DRIVER={x};SERVER=db;UID=etl;PWD=hunter2pw'],
  ['a libpq password', 'hunter2pw', 'connection "host=db user=etl password=hunter2pw dbname=lake" failed'],
  ['a password in a command line', 'hunter2pw', 'Command [load, --db-password, x, --password=hunter2pw] exited with 1'],
  ['a password after an option', 'hunter2pw', 'sqoop import --username etl --password hunter2pw --table orders'],
  ['a bearer header', key, `401 for headers {'Authorization': 'Bearer ${key}', 'Accept': '*/*'}`],
  ['a basic header', 'ZXRsOmh1bnRlcjI=', 'curl -H "Authorization: Basic ZXRsOmh1bnRlcjI=" failed'],
  [
    'a header of a signed request',
    key,
    `Authorization: AWS4-HMAC-SHA256 Credential=x/20250310/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=${key}`,
  ],
  ['a password in JSON', 'hunter2pw', 'bad config {"user": "etl", "password": "hunter2pw"}'],
  [
    'a password in JSON with spaces in it',
    'hunter2 and more',
    'bad config {"user": "etl", "password": "hunter2 and more"}',
  ],
  ['a password in JSON with quotes in it', 'and-more', String.raw`bad config {"password": "hunter\"2 and-more"}`],
  ['a password in a Python dict', 'hunter2pw', "bad config {'user': 'etl', 'db_password': 'hunter2pw'}"],
  ['a password in escaped JSON', 'hunter2pw', String.raw`event {\"user\": \"etl\", \"password\": \"hunter2pw\"}`],
  ['a password in twice escaped JSON', 'hunter2pw', String.raw`event {\\\"password\\\": \\\"hunter2pw\\\"}`],
  ['a password in the JSON of Gson', 'hunter2pw', String.raw`url \u003d x, password\u003dhunter2pw\u0026user\u003detl`],
  ['a token in JSON', 'hunter2-token', 'bad config {"user": "etl", "token": "hunter2-token"}'],
  [
    'a password in a list of arguments',
    'hunter2pw',
    "Command ['load', '--db-password', 'hunter2pw', '--day', '1'] failed",
  ],
  [
    'a private key before a certificate',
    'MIIEpAIBAAKCAQEA',
    `${begin}\nMIIEpAIBAAKCAQEA\n-----BEGIN CERTIFICATE-----\nMIIC`,
  ],
  ['an API key', 'hunter2-key-0815', 'request with api_key=hunter2-key-0815 was refused'],
  ['an API key in a header', 'hunter2-key-0815', "headers: {'x-api-key': 'hunter2-key-0815'}"],
  ['a password in a log of Python', 'hunter2pw', 'ERROR:root:password: hunter2pw'],
  ['a password of a JDBC string of DB2', 'hunter2pw', 'jdbc:db2://db.example.com:50000/LAKE:password=hunter2pw;'],
  ['a password after an ARN', 'hunter2pw', 'arn:aws:rds:eu-west-1:111122223333:db:lake;password=hunter2pw'],
  ['a password after a port', 'hunter2pw', 'https://db.example.com:8443/p?password=hunter2pw'],
  ...[',dor', 'dor&3x', ')y'].map((secret): [string, string, string] => [
    `a password with the rest ${secret} in it`,
    secret,
    'no login with password=Tr0ub4,dor&3x)y',
  ]),
  ['a header with an API key', body, `Authorization: ApiKey ${body}`],
  ['a header of Splunk', body, `curl -H "Authorization: Splunk ${body}" failed`],
  [
    'a private key of PGP',
    'lQOYBGIx',
    joined('-----BEGIN PGP ', 'PRIVATE KEY BLOCK-----\n\nlQOYBGIx\n-----END PGP ', 'PRIVATE KEY BLOCK-----'),
  ],
  ['a token in the environment', 'hunter2-token', 'env GITHUB_TOKEN=hunter2-token make'],
  ['a token in an argument of Python', 'hunter2 token', 'connect(host="db", token = "hunter2 token")'],
  ['a token of a user', 'hunter2-token', 'user_token=hunter2-token is expired'],
  ['a token of Vault', 'hunter2-token', 'X-Vault-Token: hunter2-token'],
  ['a short name of a password', 'hunter2pw', 'DB_PASS=hunter2pw'],
  ['a password in a dict of Python 2', 'hunter2 pw', "{u'password': u'hunter2 pw'}"],
  ['a password in bytes', 'hunter2 pw', "{'password': b'hunter2 pw'}"],
  ['a password in a hash of Ruby', 'hunter2 pw', '{"password"=>"hunter2 pw"}'],
  ['a password in XML', 'hunter2 pw', '<user>etl</user><password>hunter2 pw</password>'],
  ['a password in SQL', 'hunter2 pw', "CREATE USER etl IDENTIFIED BY 'hunter2 pw'"],
  ['a cookie', 'hunter2-id', 'Cookie: lang=en; session=hunter2-id; a=b'],
  ['a cookie in a dict', 'hunter2-id', "{'Cookie': 'lang=en; session=hunter2-id', 'Accept': '*/*'}"],
  ['a header in a list', 'hunter2 id', '[{"name": "Authorization", "value": "hunter2 id"}]'],
  ['a Hugging Face token', body.slice(0, 34), `401 for ${joined('h', 'f_', body.slice(0, 34))}`],
  ['a PyPI token', key, `twine upload with ${joined('pyp', 'i-AgEIcHlwaS5vcmc', key)}`],
  [
    'a Slack webhook in escaped JSON',
    'T00000000',
    String.raw`{\"url\":\"https:\\/\\/hooks.slack.com\\/services\\/T00000000\\/B00000000\\/x\"}`,
  ],
  ['a client secret', 'hunter2-secret', 'OAuth2: client_id=lake client_secret=hunter2-secret'],
  ['a token in a query', 'hunter2-token', 'GET https://api.example.com/orders?token=hunter2-token&day=1 returned 403'],
  ['an access token', 'hunter2-token', '{"access_token":"hunter2-token","expires_in":3600}'],
];

/** Error texts without a secret, though some look as if they had one. */
export const harmless: readonly string[] = [
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:lake/db-password-AbCdEf',
  'arn:aws:secretsmanager:eu-west-1:111122223333:secret:datalake-monitoring',
  'User: arn:aws:sts::111122223333:assumed-role/load/s is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:lake/token-AbCdEf',
  `JobRunId:jr_${'5e'.repeat(32)} failed`,
  `checksum ${key} differs`,
  's3://lake-raw/orders/day=2025-03-10/part-00000-0a1b2c3d.snappy.parquet',
  "SyntaxError: Unexpected token '<' in JSON at position 0",
  'Unexpected token: } at line 3',
  'ParseException: no viable alternative at token SELECT',
  'https://db.example.com:5432/lake refused the connection',
  'http://proxy.example.com:3128 and user@example.com:22',
  "KeyError: 'password'",
  'KeyError: password',
  'column "token" does not exist',
  'The security token included in the request is expired',
  'password authentication failed for user "etl"',
  'Access denied for user etl (using password: YES)',
  'Secrets Manager can’t find the specified secret.',
  'no authorization header',
  'primary key: order_id',
  'sort key = customer',
  'RequestId: 0f1e2d3c-1111-4222-8333-999988887777 Error: Task timed out after 3.00 seconds',
  'java.lang.IllegalArgumentException: requirement failed at org.apache.spark.sql.Foo$.bar(Foo.scala:12)',
  'max_tokens: 4096',
  'num_tokens=17',
  'next page token is null',
  'A bearer of bad news: the table is empty',
  'task-2025-03-10-orders-daily-0001 and disk-0123456789abcdef0123456789 failed',
  'sk-learn-estimator-of-the-week is no module',
  'https://db.example.com:5432/lake told etl@example.com and ops@example.com',
  'SG.orders.daily',
  'sig=short',
  'KEY=orders and KEY: orders',
  's3Key=orders/part-0.parquet',
  'TableName: orders, token expired',
  'NextToken: AAEAAQ and next_token=AAEAAQ are of a page',
  'the cookie jar is empty, pass 3 of 4',
  'array<token> and map<string, secret> are no types',
  'Unexpected token } in JSON: {"a": 1}}',
  's3://lake-raw/token=2024/part.parquet',
  's3://lake-raw/signature=abcdefghijklmnopqrst/part.parquet',
  'https://proxy.example.com:8443/p?email=ops@example.com',
  'jdbc:sqlserver://db.example.com:1433;user=ops@example.com',
  'stateMachine:get-credentials:3',
  'function:rotate-token:prod',
  'SG.customer_orders_daily.partition_2025_03_10',
];

/** A text alone, and as a part of the texts that runtimes print. */
export function textsAround(kind: string, secret: string, text: string): [string, string, string][] {
  return [
    [kind, secret, text],
    [
      `${kind} in a traceback`,
      secret,
      `Traceback (most recent call last):\n  File "/tmp/a.py", line 3\nRuntimeError: ${text}\n`,
    ],
    [`${kind} in a Java trace`, secret, `java.lang.RuntimeException: ${text}\n\tat com.example.A.b(A.java:1)`],
  ];
}

function access(prefix: string, text: string): readonly [string, string, string] {
  const id = joined(prefix, 'IOSFODNN7EXAMPLE');
  return [`an access key id ${prefix}`, id, text.replace('KEY', id)];
}
