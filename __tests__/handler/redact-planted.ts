import { forms } from './redact-forms';

/** A secret of a kind, inside an error text as a program writes it. */
export interface Planted {
  readonly kind: string;
  /** What must not be left: the telling part of the secret. */
  readonly secret: string;
  readonly text: string;
}

const letters = 'q7Wm2Zx9Rk4Tb8Yn3Vh6Lc5Pd1Fs0Gj';
const hexLetters = '4f9a1c7e02b8d635';

/** Made here and joined below, so that no scanner takes this file for a leak. */
const key = (length: number, shift = 0) => letters.repeat(12).slice(shift, shift + length);
const upper = (length: number) =>
  key(length + 3, 3)
    .toUpperCase()
    .slice(0, length);
const hex = (length: number) => hexLetters.repeat(8).slice(0, length);
const joined = (...parts: readonly string[]) => parts.join('');

const jwt = joined('ey', 'J0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9', '.ey', 'JzdWIiOiJsYWtlIn0', '.', key(43));
const password = 'Zq8kTr-wvX';
const pem = (name: string) => [
  joined('-----BEGIN ', name, '-----'),
  key(64),
  key(64, 5),
  joined('-----END ', name, '-----'),
];
const privateKey = joined('PRIVATE ', 'KEY');

const rows: readonly (readonly [kind: string, secret: string, text: string])[] = [
  // 1 AWS keys, secret keys, session tokens
  [
    'aws key',
    upper(16),
    `botocore.exceptions.ClientError: The AWS Access Key Id ${joined('AK', 'IA', upper(16))} does not exist`,
  ],
  [
    'aws key',
    upper(16),
    `GET /lake?X-Amz-Credential=${joined('AS', 'IA', upper(16))}%2F20250310%2Feu-west-1%2Fs3%2Faws4_request`,
  ],
  ['aws key', upper(16), `\u001b[31m${joined('AK', 'IA', upper(16))}\u001b[0m is disabled`],
  ['aws secret key', key(40), `aws_access_key_id,aws_secret_access_key\n${joined('AK', 'IA', upper(16))},${key(40)}`],
  ['aws secret key', key(40), `boto3.client('s3', aws_secret_access_key='${key(40)}') failed`],
  ['aws secret key', key(40), `aws configure set aws_secret_access_key ${key(40)} --profile lake: exit 255`],
  ['aws secret key', key(40), `<property><name>fs.s3a.secret.key</name><value>${key(40)}</value></property>`],
  ['aws secret key', key(40), `.config("spark.hadoop.fs.s3a.secret.key", "${key(40)}")`],
  ['aws secret key', key(40), `COPY orders FROM 's3://lake/a' ACCESS_KEY_ID 'x' SECRET_ACCESS_KEY '${key(40)}'`],
  ['aws session token', key(60), `ExpiredToken: ${joined('IQoJ', 'b3JpZ2lu', 'X2VjE', key(120))}`],
  ['aws session token', key(60, 3), `export AWS_SESSION_TOKEN="${joined('Fwo', 'GZXIvYXdz', key(100))}"`],
  // 2 Slack
  ['slack token', key(24), `slack_sdk.errors.SlackApiError: token ${joined('xo', 'xb-1234567890-', key(24))}`],
  ['slack token', key(24), `xoxe refresh: ${joined('xo', 'xe.xo', 'xp-1-', key(60))}`],
  [
    'slack webhook',
    key(24),
    `requests.post('https://hooks.${joined('slack', '.com')}/services/T0AAAAAAA/B0BBBBBBB/${key(24)}')`,
  ],
  [
    'slack webhook',
    key(24),
    `callback=https%3A%2F%2Fhooks.${joined('slack', '.com')}%2Fservices%2FT0AAAAAAA%2FB0BBBBBBB%2F${key(24)}`,
  ],
  // 3 GitHub, 4 GitLab
  [
    'github token',
    key(36),
    `fatal: Authentication failed for 'https://${joined('gh', 'p_', key(36))}@github.com/lake/dbt.git/'`,
  ],
  ['github token', key(36), `https://x-access-token:${joined('gh', 's_', key(36))}@github.com/lake/dbt.git`],
  ['github token', key(22), `Bad credentials (${joined('github', '_pat_', key(22), '_', key(59))})`],
  ['gitlab token', key(20), `remote: HTTP Basic: Access denied for ${joined('gl', 'pat-', key(20))}`],
  ['gitlab token', key(20), `trigger ${joined('gl', 'ptt-', key(40))} not found`],
  // 5 npm and PyPI, 6 Stripe
  ['npm token', key(36), `npm ERR! //registry.npmjs.org/:_authToken=${joined('np', 'm_', key(36))}`],
  ['npm token', 'ZXRsOlpxOGtUci13dlg', '//npm.example.com/:_auth=ZXRsOlpxOGtUci13dlg= is wrong'],
  ['pypi token', key(60), `HTTPError: 403 for ${joined('py', 'pi-AgEI', key(60))}`],
  ['stripe key', key(24), `Invalid API Key provided: ${joined('s', 'k_test_', key(24))}`],
  ['stripe key', key(32), `No signatures found for ${joined('wh', 'sec_', key(32))}`],
  // 7 JWTs
  ['jwt', key(43), `jwt.exceptions.ExpiredSignatureError: ${jwt}`],
  ['jwt', key(43), `redirect to https://lake.example.com/%23id%3D${jwt}%26state%3Da`],
  ['jwt', key(43), String.raw`{\"log\":\"refused\n${jwt}\"}`],
  ['jwt', jwt.slice(70), `Bearer ${jwt.slice(0, 64)}\n    ${jwt.slice(64)}\n  at fetch (a.js:1)`],
  // 8 private keys
  ['private key', key(64), `ValueError: Could not deserialize key data: ${pem(privateKey).join('\n')}`],
  ['private key', key(64, 5), JSON.stringify({ private_key: pem(`RSA ${privateKey}`).join('\n') })],
  [
    'private key',
    key(64, 5),
    pem(`OPENSSH ${privateKey}`)
      .map((line) => `  ${line}`)
      .join('\r\n'),
  ],
  ['private key', key(64), `snowflake: cannot read ${joined('MIIEvQ', 'IBADANBgkqhki', 'G9w0BAQEFAASC')}${key(64)}`],
  // 9 passwords in URLs, 10 in JDBC strings, 11 in other connection strings
  ['url', password, `sqlalchemy.exc.OperationalError: postgresql://etl:${password}@db.example.com:5432/lake`],
  ['url', '1234/Zq8', 'git clone https://user:1234/Zq8@git.example.com/a.git failed'],
  ['url', password, `dsn=postgresql%3A%2F%2Fetl%3A${password}%40db.example.com%2Flake`],
  ['url', password, `amqps://etl:${password}@mq.example.com:5671/ refused`],
  ['url', password, `snowflake://ETL:${password}@xy12345.eu-west-1/LAKE?warehouse=WH`],
  ['jdbc', password, `java.sql.SQLException: jdbc:redshift://lake:5439/dev?user=etl&password=${password}&ssl=true`],
  ['jdbc', password, `jdbc:sqlserver://db:1433;databaseName=lake;user=etl;password={${password}};encrypt=true`],
  ['jdbc', password, `jdbc:oracle:thin:etl/${password}@//db:1521/LAKE`],
  ['jdbc', password, `spark.read.format("jdbc").option("user", "etl").option("password", "${password}").load()`],
  ['connection string', password, `Server=tcp:db,1433;User ID=etl;Password=${password};Encrypt=True`],
  ['connection string', password, `Driver={ODBC Driver 18};Server=db;Uid=etl;Pwd=${password};`],
  [
    'connection string',
    key(43),
    `Endpoint=sb://lake.example.com/;SharedAccessKeyName=Root;SharedAccessKey=${key(43)}=`,
  ],
  ['connection string', password, `connection to server failed: host=db user=etl password=${password} dbname=lake`],
  ['connection string', password, `ORA-01017 while running sqlplus etl/${password}@LAKE @load.sql`],
  // 12 headers, 13 basic auth
  ['authorization', key(40), `> Authorization: Bearer ${key(40)}\n> Accept: */*`],
  ['authorization', key(40), `headers: { authorization: 'Token ${key(40)}', 'user-agent': 'axios/1.7' }`],
  ['authorization', key(40), `Authorization: Snowflake Token="ver:1-hint:1234-${key(40)}"`],
  ['authorization', key(32), `-H 'X-Api-Key: ${key(32)}'`],
  ['authorization', key(32), `Ocp-Apim-Subscription-Key: ${hex(32)}${key(32)}`],
  ['authorization', key(40), `[('Host', 'a'), ('Authorization', 'Bearer ${key(40)}')]`],
  ['basic auth', 'ZXRsOlpxOGtUci13dlg=', 'sent Basic ZXRsOlpxOGtUci13dlg= and got 401'],
  ['basic auth', password, `curl -sS -u etl:${password} https://api.example.com/orders exited with 22`],
  ['basic auth', password, `CalledProcessError: Command '['curl', '-u', 'etl:${password}', 'https://x']' returned 22`],
  [
    'basic auth',
    'ZXRsOlpxOGtUci13dlg=',
    '{"auths": {"registry.example.com": {"auth": "ZXRsOlpxOGtUci13dlg="}}} is refused',
  ],
  // 14 options and commands
  ['option', password, `sqoop import --connect jdbc:mysql://db/lake --username etl --password ${password}`],
  ['option', password, `mysqldump: Got error 1045 for mysqldump -u root -p${password} lake`],
  ['option', password, `sshpass -p ${password} sftp etl@files.example.com`],
  ['option', password, `docker login -u etl -p ${password} registry.example.com`],
  ['option', password, `keytool -importkeystore -storepass ${password} -noprompt`],
  ['option', password, `spark-submit --conf spark.ssl.keyStorePassword=${password} job.py`],
  ['option', password, `load \\\n  --db-password ${password} \\\n  --day 1`],
  // 15 names in JSON, in JSON in JSON, in Python, YAML, Terraform, dbt
  ['named', password, JSON.stringify({ cause: JSON.stringify({ db: { user: 'etl', password } }) })],
  ['named', password, JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ client_secret: password }) }) })],
  ['named', password, `KeyError in {'host': 'db', 'passwords': ['a', '${password}']}`],
  ['named', password, `passwords=[first, ${password}], retries=3`],
  ['named', password, `Error: profile lake: outputs: dev: {type: redshift, user: etl, pass: ${password}}`],
  ['named', password, `env:\n  - name: DB_PASSWORD\n    value: ${password}\n  - name: STAGE\n    value: prod`],
  ['named', password, `password: >-\n    ${password}\nuser: etl`],
  ['named', password, `KeyValuePair(name=DB_PASSWORD, value=${password}), KeyValuePair(name=STAGE, value=prod)`],
  ['named', password, `~ password = "old-${password}" -> "new-${password}"`],
  ['named', password, `resource "x" "y" {\n  master_password = "${password}"\n}`],
  ['named', password, `CREATE USER etl WITH ENCRYPTED PASSWORD '${password}'`],
  ['named', password, `<property name="password" value="${password}"/>`],
  ['named', password, `PGPASSWORD=${password} psql -h db`],
  ['named', password, `Login failed for user etl with password "${password}"`],
  ['named', password, `grant_type=password&username=etl&password=${password}&scope=a`],
  ['named', password, `body=%7B%22user%22%3A%22etl%22%2C%22password%22%3A%22${password}%22%7D`],
  // 16 cookies, 17 Teams and Discord, 18 Azure
  ['cookie', key(32), `Set-Cookie: session=${key(32)}; Path=/; HttpOnly`],
  ['cookie', key(32), `requests.get(url, cookies={'session': '${key(32)}'})`],
  ['cookie', key(32), `GET /login;JSESSIONID=${key(32)} 403`],
  [
    'teams',
    hex(32),
    `https://lake.webhook.${joined('office', '.com')}/webhookb2/0a1b2c3d-1111@0a1b-2222/IncomingWebhook/${hex(32)}/0a1b`,
  ],
  ['discord', key(60), `POST https://${joined('discord', '.com')}/api/webhooks/123456789012345678/${key(60)} 404`],
  ['azure', key(40), `https://lake.blob.core.windows.net/raw/a?sv=2024-11-04&se=2025&sig=${key(40)}%3D`],
  ['azure', key(86), `AccountName=lake;${joined('Account', 'Key=')}${key(86)}==;EndpointSuffix=core.windows.net`],
  ['azure', key(31, 2), `AADSTS7000215: Invalid client secret provided: ${joined('abc8', 'Q~', key(34, 2))}`],
  // 19 Google, Databricks, SendGrid, models
  ['google', key(35), `https://maps.example.com/geo?key=${joined('AI', 'za', key(35))}: 403`],
  ['google', key(28), `invalid_client ${joined('GOC', 'SPX-', key(28))}`],
  ['databricks', hex(32), `databricks.sdk: Invalid access to ${joined('da', 'pi', hex(32))}-2`],
  ['sendgrid', key(43), `401 for ${joined('S', 'G.', key(22), '.', key(43))}`],
  ['openai', key(40), `Incorrect API key provided: ${joined('s', 'k-proj-', key(40))}.`],
  ['anthropic', key(40), `authentication_error: ${joined('s', 'k-ant-api03-', key(80))}`],
  ['hugging face', key(34), `OSError: 401 with ${joined('h', 'f_', key(34))}`],
  // 20 others
  ['vault', key(90), `* permission denied for ${joined('hv', 's.', key(90))}`],
  ['terraform cloud', key(60), `Error: ${joined(key(14), '.atlas', 'v1.', key(60))} is not valid`],
  ['dbt cloud', key(40), `401 for ${joined('db', 'tc_', key(40))}`],
  ['digital ocean', hex(64), `401 for ${joined('do', 'p_v1_', hex(64))}`],
  ['grafana', key(32), `401 for ${joined('gl', 'sa_', key(32), '_', hex(8))}`],
  ['docker hub', key(27), `denied: ${joined('dckr', '_pat_', key(27))}`],
  // 21 what stands by a space, behind a prefix, in HTML, in later parts
  ['azure', key(86), `fs.azure.account.key.lake.dfs.core.windows.net ${key(86)}==`],
  ['azure', key(86), `--conf "spark.hadoop.fs.azure.account.key.lake.blob.core.windows.net=${key(86)}==" failed`],
  ['azure', key(86), `spark.conf.set("fs.azure.account.key.lake.dfs.core.windows.net", "${key(86)}==")`],
  ['named', password, `CREATE LOGIN etl WITH PASSWORD = N'${password}', CHECK_POLICY = ON`],
  ['named', password, `Msg 15118: CREATE LOGIN etl WITH PASSWORD=N'${password}'`],
  ['named', password, `connect(user='etl', password=f'${password} and more')`],
  ['named', password, `{&quot;user&quot;:&quot;etl&quot;,&quot;password&quot;:&quot;${password}&quot;}`],
  ['named', password, `{&quot;password&quot;: &quot;${password}, and more&quot;}`],
  ['named', password, `{&#34;client_secret&#34;:&#34;${password}&#34;}`],
  [
    'authorization',
    hex(32),
    `Authorization: Digest username="etl", realm="lake", nonce="0a1b", uri="/v1", response="${hex(32)}", qop=auth`,
  ],
  ['authorization', hex(32), `sent Digest username="etl", realm="lake", response="${hex(32)}" and got 401`],
  [
    'jwt',
    key(40),
    `cannot decrypt ${joined('ey', 'JhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0', '..', key(16))}.${key(40)}.${key(22)}`,
  ],
  ['option', password, `unzip -P ${password} orders.zip: exit 82`],
  ['option', password, `unzip -o -d /tmp -P ${password} orders.zip: exit 82`],
  ['option', password, `CalledProcessError: Command '['unzip', '-P', '${password}', 'a.zip']' returned 82`],
  ['option', password, `bcp lake.dbo.orders out a.csv -S db -U etl -P ${password} failed`],
  ['option', password, `openssl enc -d -aes-256-cbc -in a.enc -pass pass:${password} failed`],
  ['option', password, `openssl rsa -in key.pem -passin pass:${password} -out a`],
  ['named', password, `cannot log in as etl using password ${password} on db`],
  ['authorization', password, `Proxy-Authorization: Digest username="etl", nonce="0a1b", response="${password}"`],
  ['azure', 'qWmZxRkTbYn', 'fs.azure.account.key.lake.dfs.core.windows.net qWmZxRkTbYn== is refused'],
  // 22 more tokens
  ['bedrock', key(100), `403 for ${joined('AB', 'SK', key(128))}=`],
  ['bedrock', key(100), `403 for ${joined('bedrock-', 'api-key-', key(200))}`],
  ['databricks', hex(32), `invalid_client: ${joined('do', 'se', hex(32))}`],
  ['airtable', hex(64), `AUTHENTICATION_REQUIRED ${joined('pa', 't', key(14), '.', hex(64))}`],
  ['dynatrace', upper(64), `401 for ${joined('dt0', 'c01.', upper(24), '.', upper(64))}`],
  ['netlify', key(36), `401 for ${joined('nf', 'p_', key(36))}`],
  ['vercel', key(30), `BlobAccessError: ${joined('vercel', '_blob_rw_', key(16), '_', key(30))}`],
  ['fly', key(80), `FlyV1 ${joined('fm', '2_', key(160))}`],
  [
    'discord',
    key(38),
    `Improper value has been passed: ${joined('MTIz', 'NDU2Nzg5MDEyMzQ1Njc4', '.GaBc1D.', key(38))}`,
  ],
  ['mailchimp', hex(32), `API Key Invalid: ${joined(hex(32), '-us', '21')}`],
];

/** At least eighty, of at least twenty kinds. */
export const plantedSecrets: readonly Planted[] = [...rows, ...forms].map(([kind, secret, text]) => ({
  kind,
  secret,
  text,
}));
