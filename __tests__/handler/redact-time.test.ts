import { mayHoldSecret, redact, redactText } from '../../handler/redact';

const size = 256 * 1_024;

/** Beginnings of secrets, over and over: each could be the start of one that never ends. */
const beginnings = [
  ...['name=', 'name: a', 'name=password value ', '("password",', 'password: [', 'secrets=(', 'password: |\n'],
  ...['curl ', 'curl a -u ', 'mysql ', 'sshpass -p', 'login a password ', 'sqlplus a/', '--token ', '-pass'],
  ...['basic ', 'bearer a', 'authorization: a b="', '"auth":"', 'password is a1', 'secret access key '],
  ...['%3A%2F%2F', '%2F', 'password%3D', 'http://a1', '/hooks/', '<name>', '<a', '[redacted]" -> "', '\\'],
  ...['MIIEIBAAKC', '----- BEGIN', 'AKIAAAAAAAAAAAAAAAAA,', '1Q~', 'eyJaaaaaaaa.', '[', '{"a":', '\n'],
  ...[
    'unzip -',
    'zip ',
    'using password ',
    'response="',
    'digest ',
    'account.key.a.dfs.core.a',
    'account.key.a',
    'eyJaaaaaaaa..',
  ],
  ...[
    '&quot;',
    'password&quot;:&quot;',
    'password&amp;',
    'MTIz',
    'MTIzNDU2Nzg5MDEyMzQ1Njc4.',
    '0a-us2',
    'fm2_',
    'dt0c01.',
  ],
  ...['pat', 'PASSWORD = N', 'x://a:1/', 'bcp -P '],
  ...['IQoJb3JpZ2lu%2F', 'IQoJb3JpZ2lu', `IQoJb3JpZ2lu${'%2525'.repeat(8)}`, '00D', 'connect("a/', 'x.password\t'],
  ...[
    'a.',
    'x.password  ',
    'password={',
    "password={'",
    'password=(a).',
    ",a=password='",
    'password=a"b',
    "password ''",
  ],
  ...[
    'SecureString value=',
    '/services/T0AAAAAAA/B0BBBBBBB/',
    '/bot123456:',
    "x://a:b'c",
    'x_y+://',
    '&lt;password&gt;',
  ],
  ...[
    '<password>&lt;',
    'password -> ,a',
    'password: a:',
    'AKIAAAAAAAAAAAAAAAAA\\n',
    'beeline -p',
    'password=,,,,,,,,a',
  ],
  ...['--password -', '--password ,--a', 'jdbc:oracle:thin:a/"', 'bearer {', '-----BEGIN PRIVATE KEY----- a'],
  `${'A1b2c3d4'.repeat(9)}\n`,
];

test('adversarial texts of 256 KB end in a time that does not grow with their square', () => {
  const texts = beginnings.map((beginning) => beginning.repeat(Math.ceil(size / beginning.length)));
  const took = texts.map((text) => {
    const begun = process.cpuUsage();
    mayHoldSecret(text);
    redactText(`token=x ${text}`);
    redact({ text });
    const { user } = process.cpuUsage(begun);
    return user / 1_000;
  });

  // Some ten seconds of processor time for all; one that grows with the square takes minutes by itself.
  expect(Math.max(...took)).toBeLessThan(15_000);
}, 240_000);
