import * as fc from 'fast-check';
import { mayHoldSecret, redact, redacted, redactText } from '../../handler/redact';
import { harmless, secrets, textsAround } from './redact-samples';

const planted = secrets.flatMap(([kind, secret, text]) => textsAround(kind, secret, text));

const names = [
  'rotate-secret',
  'rotate-token',
  'token',
  'get-credentials',
  'db-password',
  'rotate-api-key',
  'rotate_access_key',
  'authorization',
  'my-authorization',
  'signature',
  'sk-load-orders-2025-03-10',
  'npm_download_statistics_daily',
  'xapp-import-orders',
];

describe('redaction', () => {
  it.each(planted)('takes out %s', (_, secret, text) => {
    const left = redactText(text);

    expect(left).not.toContain(secret);
    expect(left).toContain(redacted);
  });

  it.each(planted)('takes out %s, in a JSON object and in JSON inside its texts', (_, secret, text) => {
    const event = { detail: { message: text, cause: JSON.stringify({ errorMessage: text }) } };

    const left = JSON.stringify(redact(event));

    expect(left).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(left).not.toContain(secret);
  });

  it.each(planted)('sees signs of %s in the message that brings it', (_, _secret, text) => {
    const body = JSON.stringify({ detail: { message: text } });

    expect(mayHoldSecret(text)).toBe(true);
    expect(mayHoldSecret(body)).toBe(true);
    expect(mayHoldSecret(JSON.stringify({ Message: body }))).toBe(true);
  });

  it.each(harmless)('leaves %s as it is', (text) => {
    expect(redactText(text)).toBe(text);
    expect(redact({ message: text })).toEqual({ message: text });
  });

  it.each(names)('leaves ARNs, ids, pages and paths of %s whole', (name) => {
    for (const id of idsOf(name)) {
      const texts = [id, `Execution ${id} failed`, `(${id}) and password=hunter2`, JSON.stringify({ id, more: [id] })];
      const left = texts.flatMap((text) => [redactText(text), redactText(JSON.stringify(text))]);

      expect(left.filter((text) => !text.includes(id))).toEqual([]);
    }
  });

  it('leaves the ARN of a run of any name whole', () => {
    fc.assert(
      fc.property(awsName(), awsName(), (name, run) => {
        for (const id of idsOf(name, run)) {
          expect(redact({ id, text: `${id} failed`, json: JSON.stringify({ id }) })).toEqual({
            id,
            text: `${id} failed`,
            json: JSON.stringify({ id }),
          });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps the rest of the text readable', () => {
    const text = 'could not connect to jdbc:postgresql://etl:s3cr3t-pw@db.example.com:5432/lake as etl, attempt 3';

    const left = redactText(text);

    expect(left).toBe(
      `could not connect to jdbc:postgresql://etl:${redacted}@db.example.com:5432/lake as etl, attempt 3`,
    );
  });

  it('takes out the whole of a password with an @ in it, and keeps the host', () => {
    const left = redactText('postgresql://etl:p@ss@word@db.example.com:5432/lake refused ops@example.com');

    expect(left).toBe(`postgresql://etl:${redacted}@db.example.com:5432/lake refused ops@example.com`);
  });

  it('takes out the value of every key that is named like a secret, however it is spelt', () => {
    const names = [
      'password',
      'Password',
      'dbPassword',
      'DB_PASSWORD',
      'passwd',
      'secret',
      'client_secret',
      'apiKey',
      'api-key',
      'secretAccessKey',
      'SecretAccessKey',
      'aws_secret_access_key',
      'sessionToken',
      'SessionToken',
      'Authorization',
      'authToken',
      'private_key',
      'token',
    ];

    const left = redact(Object.fromEntries(names.map((name) => [name, 'hunter2 hunter3'])));

    expect(left).toEqual(Object.fromEntries(names.map((name) => [name, redacted])));
  });

  it('takes out what stands beside a name like a secret, as containers list their environment', () => {
    const environment = [
      { name: 'DB_PASSWORD', value: 'hunter2 hunter3' },
      { Name: 'API_KEY', Value: 'hunter2 hunter3' },
      { name: 'STAGE', value: 'production' },
      { value: 'hunter2 hunter3', type: 'text', name: 'CLIENT_SECRET' },
    ];
    const text = JSON.stringify({ Environment: environment.slice(0, 3) });

    expect(JSON.stringify(redact({ environment }))).not.toContain('hunter');
    expect(redact({ environment }).environment[2]).toEqual({ name: 'STAGE', value: 'production' });
    expect(redactText(text)).not.toContain('hunter');
    expect(JSON.stringify(redact({ cause: text }))).not.toContain('hunter');
    expect(mayHoldSecret(JSON.stringify({ cause: text }))).toBe(true);
    expect(mayHoldSecret(JSON.stringify(environment[3]))).toBe(true);
  });

  it('takes out what follows an option like a secret in a list of arguments', () => {
    const command = ['load', '--db-password', 'hunter2', '--day', '2025-03-10'];

    expect(redact({ command })).toEqual({ command: ['load', '--db-password', redacted, '--day', '2025-03-10'] });
    expect(mayHoldSecret(JSON.stringify({ command }))).toBe(true);
  });

  it('takes out the lines of a private key that stand in a list, and keeps those after it', () => {
    const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} PRIVATE ${'KEY-----'}`);
    const stackTrace = [
      '  File "a.py", line 3',
      `key = "${begin}`,
      'MIIEpAIBAAKCAQEA',
      'hunter2==',
      end,
      'KeyError: a',
    ];

    expect(redact({ stackTrace }).stackTrace).toEqual([
      '  File "a.py", line 3',
      `key = "${redacted}`,
      redacted,
      redacted,
      redacted,
      'KeyError: a',
    ]);
  });

  it('ends a password where the next name or the list begins', () => {
    const texts = ['password=x,user=etl', '[password=x, day=1]', 'password=x&user=etl', '(password=x) failed'];

    expect(texts.map((text) => redactText(text))).toEqual(texts.map((text) => text.replace('=x', `=${redacted}`)));
  });

  it('keeps the settings beside a password, and the lines below a secret key', () => {
    const texts = [
      '{user=etl, password=x7),(q, driver=org.postgresql.Driver}',
      'jdbc:postgresql://db:5432/lake?user=etl&password=x7),(q&ssl=true',
      'jdbc:sqlserver://db:1433;user=etl;password=x7),(q;encrypt=true',
      'AWS_SECRET_ACCESS_KEY=x7),(q\nAWS_DEFAULT_REGION=eu-west-1\nHOME=/root',
      'load --password x7),(q --env prod',
    ];
    const secretKey = 'h2Nd8Xs4Kq6Wv0Pf3Yb9'.repeat(2);

    expect(texts.map((text) => redactText(text))).toEqual(texts.map((text) => text.replace('x7),(q', redacted)));
    expect(redactText(`AWS_SECRET_ACCESS_KEY=${secretKey}\nAWS_DEFAULT_REGION=eu-west-1\nHOME=`)).toBe(
      `AWS_SECRET_ACCESS_KEY=${redacted}\nAWS_DEFAULT_REGION=eu-west-1\nHOME=`,
    );
  });

  it('takes out objects and lists of secrets, too', () => {
    const left = JSON.stringify(redact({ credentials: { user: 'etl', phrase: 'hunter2' }, passwords: ['hunter2'] }));

    expect(left).not.toContain('hunter2');
  });

  it('keeps plain keys that JavaScript treats as special', () => {
    const event = JSON.parse('{"__proto__":{"password":"hunter2"},"constructor":"a","toString":{"x":1}}') as object;

    const left = JSON.stringify(redact(event));

    expect(left).toBe(`{"__proto__":{"password":"${redacted}"},"constructor":"a","toString":{"x":1}}`);
  });

  it('has nothing left to do the second time', () => {
    fc.assert(
      fc.property(secretText(), (text) => {
        const once = redactText(text);

        expect(redactText(once)).toBe(once);
      }),
    );
  });

  it('shows signs in the body whenever redaction would change what the body holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), keyText()), fieldValue()), (fields) => {
        const event = { detail: fields };
        const changed = JSON.stringify(redact(event)) !== JSON.stringify(event);

        expect(changed && !mayHoldSecret(JSON.stringify(event))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the shape of any JSON: same keys, same lengths of lists', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(shapeOf(redact(value))).toEqual(shapeOf(value));
      }),
    );
  });

  it.each([
    'a'.repeat(1 << 20),
    '"'.repeat(1 << 18),
    'password'.repeat(1 << 16),
    'password='.repeat(1 << 16),
    'eyJ'.repeat(1 << 17),
    'a://'.repeat(1 << 17),
    'a:'.repeat(1 << 18),
    'a.'.repeat(1 << 18),
    'a--'.repeat(1 << 18),
    '-eyJ'.repeat(1 << 17),
    '\\'.repeat(1 << 19),
    '\\n'.repeat(1 << 18),
    'x://y:'.repeat(1 << 16),
    '-----BEGIN PRIVATE KEY-----'.repeat(1 << 12),
    'authorization: '.repeat(1 << 15),
    'a://b:c@'.repeat(1 << 17),
    `x://y:${'@'.repeat(1 << 20)}`,
    `x://y:${'p@'.repeat(1 << 19)}/`,
    'jdbc:oracle:thin:a/b@'.repeat(1 << 15),
    'sk-'.repeat(1 << 18),
    `sk-${'a'.repeat(1 << 20)}`,
    'SG.'.repeat(1 << 18),
    `SG.${'a-'.repeat(1 << 19)}`,
    'dapi'.repeat(1 << 18),
    'AIza'.repeat(1 << 18),
    'sig='.repeat(1 << 18),
    `password ${' '.repeat(1 << 18)}`,
    `password${'\\'.repeat(1 << 17)}`,
    `bearer ${' '.repeat(1 << 17)}`,
    `identified ${' '.repeat(1 << 18)}`,
    'identified by '.repeat(1 << 16),
    'cookie'.repeat(1 << 17),
    'cookie: '.repeat(1 << 17),
    '<token>'.repeat(1 << 17),
    `password=${',a'.repeat(1 << 18)}`,
    'execution:rotate-secret:'.repeat(1 << 15),
    `arn:aws:${'secret:'.repeat(1 << 16)}`,
  ])(
    'does not take a time that grows with the square of a megabyte of %#',
    (text) => {
      const begun = performance.now();

      redactText(`token=x ${text}`);
      mayHoldSecret(text);

      // A second or two on a free machine; what grows with the square of a megabyte takes hours.
      expect(performance.now() - begun).toBeLessThan(90_000);
    },
    120_000,
  );
});

/** What AWS and people name after a thing of theirs. */
function idsOf(name: string, run = '5e0f-1a'): readonly string[] {
  const account = 'eu-west-1:111122223333';
  return [
    `arn:aws:states:${account}:execution:${name}:${run}`,
    `arn:aws:states:${account}:express:${name}:${run}:0c6c`,
    `arn:aws-cn:states:cn-north-1:1:stateMachine:${name}:3`,
    `arn:aws:lambda:${account}:function:${name}:prod`,
    `arn:aws:lambda:${account}:function:${name}:$LATEST`,
    `arn:aws:logs:${account}:log-group:/aws/lambda/${name}:*`,
    `execution:${name}:${run}`,
    `function:${name}:prod`,
    `/aws/lambda/${name}:prod`,
    `https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/arn:aws:states:${account}:execution:${name}:${run}`,
    `https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/${name}:prod`,
    `s3://lake-raw/${name}=2024/part-0.parquet`,
  ];
}

/** Names that AWS allows for functions and state machines, often with a word of secrets in them. */
function awsName(): fc.Arbitrary<string> {
  const part = fc.oneof(fc.constantFrom(...names, 'sig', '--token', 'sk-', 'key'), fc.stringMatching(/^[\w-]{1,20}$/));
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-').slice(0, 64));
}

/** A key, often named like a secret. */
function keyText() {
  return fc.constantFrom('password', 'db-password', 'api_key', 'SecretKey', 'token', 'Authorization', 'name', 'auth');
}

/** Fragments of secrets and of what surrounds them, in any order. */
function secretText(): fc.Arbitrary<string> {
  const fragments = [
    ...secrets.flatMap(([, secret, text]) => [secret, text]),
    'password',
    'secret',
    'token',
    'api_key',
    'authorization',
    'Bearer',
    '=',
    ':',
    ' ',
    '"',
    "'",
    '\\',
    '\\"',
    '\n',
    '://',
    '@',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    'hooks.slack.com/services/',
    '\u003d',
    '\\u003d',
  ];
  return fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string()), { maxLength: 8 })
    .map((parts) => parts.join(''));
}

/** What a field may hold: texts, JSON in texts, settings as name and value, options. */
function fieldValue(): fc.Arbitrary<unknown> {
  const setting = fc.record({ value: secretText(), name: keyText() });
  const option = fc.tuple(
    keyText().map((name) => `--${name}`),
    secretText(),
  );
  return fc.oneof(
    secretText(),
    jsonOf(secretText()),
    setting,
    setting.map((it) => JSON.stringify(it)),
    option,
  );
}

function jsonOf(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return text.map((message) => JSON.stringify({ message, password: message }));
}

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(shapeOf);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, field]) => [
        key,
        key.match(/key|token|secret|pass|cred|auth/i) ? 'any' : shapeOf(field),
      ])
    : typeof value === 'string'
      ? 'text'
      : value;
}
