/** Joined here, so that no scanner takes this file for a leak. */
const joined = (...parts: readonly string[]) => parts.join('');

const word = 'Vq7tRz-kWx';
const key = 'h2Nd8Xs4Kq6Wv0Pf3Yb9'.repeat(2);
const keyId = joined('AS', 'IA', 'QRSTUVWX23456789');

/** The middle of a session token, with the signs of base64 that a URL and JSON write otherwise. */
const inner = `${key}/${key}+${key}`;
const sessionToken = (middle: string) => joined('IQoJ', 'b3JpZ2lu', 'X2VjE', middle, key);

/** The forms in which a name and its secret stand beside each other, beyond the plain ones. */
export const forms: readonly (readonly [kind: string, secret: string, text: string])[] = [
  ...[
    `DB_PASSWORD_PROD=${word}`,
    `PASSWORD2=${word} is refused`,
    `SECRET_KEY_BASE: ${word}`,
    `{"API_KEY_V2":"${word}"}`,
    `KeyError in {'github_token_ro': '${word}'}`,
    `load --api-key-v2 ${word}`,
    `GET /v1?access_token_new=${word}&page=2`,
    `INSERT (id, password_hash='${word}')`,
    `private_key_b64 = ${key}${word}`,
    `token_value: ${word}`,
  ].map((text) => ['suffix', word, text] as const),
  ...[
    `["run","--token","${word}"]`,
    String.raw`args [\"--password\",\"${word}\"] failed`,
    `Command ['load','--password','${word}'] failed`,
    `[load,--password,${word},--day,1]`,
    `CalledProcessError: ['sshpass', '-p', '${word}', 'sftp', 'db']`,
    `["sshpass","-p","${word}"]`,
    `['mysql', '-u', 'root', '-p${word}']`,
    `["mysqldump","-p${word}","lake"]`,
    `['docker', 'login', '-u', 'etl', '-p', '${word}']`,
    `["docker","login","-p","${word}"]`,
    `["unzip","-P","${word}","a.zip"]`,
  ].map((text) => ['list of arguments', word, text] as const),
  ...[
    `headers {Authorization=[Bearer ${key}], Accept=[*/*]}`,
    `map[Accept:[*/*] Authorization:[Basic ${key}==]]`,
    `{"Authorization": ["Token ${key}"]} refused`,
    `Authorization: Bearer\n  ${key}`,
    `the bearer token ${key} was rejected`,
    `requests.get(url, auth=('etl', '${key}'))`,
    `token ${key} is expired`,
    `Authorization: hmac username="etl", signature="${key}"`,
    `<Cookie session=${key} for .example.com/>`,
    `//registry.example.com/\n_auth = ${key}`,
    `oauth2 HTTPBasicAuth("etl", "${key}")`,
  ].map((text) => ['authorization', key, text] as const),
  ...[
    `"environment":[{"value":"${word}","name":"DB_PASSWORD"},`,
    `[{value=${word}, name=DB_PASSWORD}, {value=prod, name=STAGE}]`,
    `Map(url -> db, password -> ${word}, user -> etl)`,
    `Map("password" -> "${word}")`,
    `List((user,etl), (password,${word}))`,
    `["password", "${word}"]`,
    `[["accept","*/*"],["x-api-key","${word}"]]`,
    `{'Name': '/lake/db/password', 'Type': 'SecureString', 'Value': '${word}'}`,
    `{"Type":"SecureString","Name":"/lake/dsn","Value":"${word}"}`,
    `{"ParameterKey":"DbPassword","ParameterValue":"${word}"}`,
    `{'OptionName': 'DB_PASSWORD', 'Value': '${word}'}`,
    `{"header":"X-Api-Key","value":"${word}"}`,
    `password := ${word}`,
    `password == ${word}`,
    `passwords:\n  - ${word}`,
  ].map((text) => ['pair', word, text] as const),
  ...[
    `<property name="connection.password">${word}</property>`,
    `<entry key="db.password">${word}</entry>`,
    String.raw`{"log":"<name>fs.s3a.secret.key</name>\n  <value>${word}</value>`,
    `&lt;password&gt;${word}&lt;/password&gt;`,
    `<password><![CDATA[${word}<1>]]></password>`,
    `<user>etl</user><password>${word}`,
  ].map((text) => ['xml', word, text] as const),
  ...[
    `CREATE USER etl IDENTIFIED BY ${word} DEFAULT TABLESPACE users`,
    `SET PASSWORD FOR 'etl'@'%' = '${word}'`,
    `SET PASSWORD FOR 'etl'@'%' = PASSWORD('${word}')`,
    `CREATE SECRET lake (TYPE S3, KEY_ID 'x', SECRET '${word}')`,
  ].map((text) => ['sql', word, text] as const),
  ...[
    `smtpPass=${word}`,
    `{'dbPass': '${word}'}`,
    `PGPASS=${word}`,
    `basic.auth.user.info=lake:${word}`,
    `login failed with password ${word} for etl`,
    `openssl enc -aes-256-cbc -k ${word} -in a`,
    `redis-cli -h cache -a ${word} ping`,
    `ENV DB_PASSWORD ${word}`,
    `User { name: "etl", password: Some("${word}") }`,
    `mysql open: etl:${word}@tcp(db:3306)/lake`,
    `client-secret ${key}${word}`,
  ].map((text) => ['name', word, text] as const),
  ...[
    `curl -uetl:${word} https://x`,
    String.raw`{"cmd":"curl -u \"etl:${word}\" https://x`,
    `curl -u etl:a@${word} https://x`,
    `postgresql://etl:${word}`,
    `https://${word}${key}:x-oauth-basic@git.example.com/a.git`,
    `s3n://${joined('AK', 'IA', 'QRSTUVWX23456789')}:${key.slice(0, 10)}/${word.replace('-', '/')}${key.slice(0, 19)}@lake/orders`,
    `creds ${joined('AK', 'IA', 'QRSTUVWX23456789')}/${key.slice(0, 20)}${word.replace('-', '/')}${key.slice(0, 10)}`,
  ].map((text) => ['url', text.includes(word) ? word : word.replace('-', '/'), text] as const),
  ...[
    ['cut', 'h2Nd8Xs4', `refused ${joined('gh', 'p_', key.slice(0, 12))}`] as const,
    ['token', key, `401 for ${joined('NR', 'II-', key)}`] as const,
    ['private key', key, `ec ${joined('MHc', 'CAQEE', key, key)}`] as const,
    ['cut', 'QRSTUVWX2', `refused ${joined('AK', 'IA', 'QRSTUVWX2')}`] as const,
    ['private key', key, `${key}${key}\n${key}\n${joined('-----END RSA PRIVATE ', 'KEY-----')}`] as const,
  ],
  ...[
    `https://lake.s3.amazonaws.com/k?X-Amz-Security-Token=${sessionToken(encodeURIComponent(inner))}%3D&X-Amz-Date=1`,
    `next=https%3A%2F%2Flake%3FX-Amz-Security-Token%3D${sessionToken(encodeURIComponent(encodeURIComponent(inner)))}%26a`,
    `refused ${sessionToken(inner.replaceAll('/', String.raw`\/`))}`,
    `password=db:5432/?Action=connect&DBUser=etl&X-Amz-Security-Token=${sessionToken(encodeURIComponent(inner))}&a=1`,
  ].map((text) => ['session token', key, text] as const),
  ...[`tried ${keyId} / ${key}`, `${keyId}\n${key}\n`, String.raw`(\\\"${keyId}\\\", \\\"${key}\\\")`].map(
    (text) => ['secret key beside its id', key, text] as const,
  ),
  ...[
    `(host='${joined('hooks.', 'slack.com')}'): exceeded with url: /services/T0AAAAAAA/B0BBBBBBB/${key}`,
    `(host='${joined('hooks.', 'slack.com')}'): exceeded with url: /triggers/T0AAAAAAA/1234567890123/${key}`,
    `exceeded with url: /api/webhooks/123456789012345678/${key}${key}`,
    `(host='api.telegram.org'): exceeded with url: /bot1234567890:${key}/sendMessage`,
  ].map((text) => ['webhook without its host', key, text] as const),
  ...[
    `redshift+redshift_connector://etl:${word}@lake:5439/dev`,
    `oracle+cx_oracle://etl:${word}@db:1521/ORCL`,
    `jdbc:oracle:thin:etl/"${word}"@(DESCRIPTION=(HOST=db))`,
    `cx_Oracle.connect("etl/${word}@db:1521/ORCL")`,
    `beeline -u jdbc:hive2://h:10000/default -n etl -p ${word}`,
    `["beeline","-n","etl","-p","${word}"]`,
    `basic.auth.user.info -> lake:${word}`,
    `{'connection_password_encrypted': '${word}'}`,
    `https://a.cloudfront.net/f?Expires=1&Signature=${key}~${key}~${word}&Key-Pair-Id=K`,
    `INVALID_SESSION_ID: ${joined('00', 'D5g000004vntm', '!AQ', key)}.${word.replace('-', '_')}.${key}`,
  ].map((text) => ['place', text.includes(word) ? word : word.replace('-', '_'), text] as const),
];
