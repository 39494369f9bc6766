import * as fc from 'fast-check';
import { redact } from '../../handler/redact';

const lettersAndDigits = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];

/** What RDS allows in a password: all signs of ASCII but `/`, `@`, quotes, the space and the backslash. */
const signs = [...'!#$%&()*+,-.:;<=>?[]^_`{|}~'];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** How programs write a password most often. */
const forms: Readonly<Record<string, (password: string) => string>> = {
  'a setting of JSON in a text': (it) => `refused: {"user":"etl","password":${JSON.stringify(it)},"host":"db"} in job`,
  'a dictionary of Python': (it) => `KeyError: {'user': 'etl', 'password': '${it}', 'host': 'db'}`,
  'a line of an environment': (it) => `DB_USER=etl\nDB_PASSWORD=${it}\nDB_HOST=db`,
  'a source of libpq': (it) => `dsn: user=etl password=${it} host=db`,
  'a query of JDBC': (it) => `jdbc:postgresql://db:5432/lake?user=etl&password=${it}&ssl=true`,
  'a property of JDBC': (it) => `jdbc:sqlserver://db:1433;user=etl;password=${it};encrypt=true`,
  'a value in the braces of ODBC': (it) => `SERVER=db;UID=etl;PWD={${it.replaceAll('}', '}}')}};Encrypt=yes`,
  'a map of Java': (it) => `{user=etl, password=${it}, driver=org.postgresql.Driver}`,
  'a map of Scala': (it) => `Map(user -> etl, password -> ${it}, dbtable -> public.orders)`,
  'a line of YAML': (it) => `user: etl\npassword: ${it}\nhost: db`,
  'an option': (it) => `load.py --user etl --password ${it} --env prod`,
  'a list of arguments': (it) => `Command '['load.py', '--password', '${it}', '--env', 'prod']' returned 1`,
  'a statement of SQL': (it) => `ALTER USER etl PASSWORD '${it}' VALID UNTIL 'infinity'`,
  'an element of XML': (it) => `<user>etl</user><password>${escaped(it)}</password>`,
  'a URL': (it) => `postgresql://etl:${it}@db.example.com:5432/lake`,
};

describe('redaction of passwords that a program made', () => {
  it.each(Object.entries(forms))('leaves no part of six signs of one in %s', (_, textWith) => {
    fc.assert(
      fc.property(generated(), (password) => {
        const { text } = redact({ text: textWith(password) });

        expect(partsOf(password).filter((part) => text.includes(part))).toEqual([]);
      }),
      { numRuns: 2_000, seed: 20_261_128 },
    );
  });
});

/** A password of 32 signs, drawn as RDS and Secrets Manager draw them: each sign as likely as every other. */
function generated(): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...lettersAndDigits, ...signs), { minLength: 32, maxLength: 32 })
    .map((drawn) => drawn.join(''))
    .filter((password) => !readsOtherwise.test(password));
}

/**
 * What cannot be told from the end of a password: the next setting (`,user=`), the next option (`,-x`), the port of a
 * host (`//etl:12;`), a tag (`<br>`). Two of a hundred passwords hold one; of these only
 * what stands before it is taken out.
 */
const readsOtherwise =
  /[,;&][a-z][a-z_.-]+\d?=|,[a-z][a-z_.-]+\d?:|,--?[a-z][a-z-]+[,=)\]]|^-+[\w-]+=|^\d{1,5}[?;,#]|<br\s?>/i;

/** Six signs in a row that no form has by itself. */
function partsOf(password: string): readonly string[] {
  return Array.from({ length: password.length - 5 }, (_, at) => password.slice(at, at + 6));
}
