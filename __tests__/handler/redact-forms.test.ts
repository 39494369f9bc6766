import { mayHoldSecret, redact, redacted, redactText } from '../../handler/redact';
import { forms } from './redact-forms';

describe('redaction of names and values in many forms', () => {
  it.each(forms)('takes out, as a %s, %s of %s, also where the JSON around it was cut', (_, secret, text) => {
    const event = JSON.stringify({ detail: { message: text } });

    expect(mayHoldSecret(event)).toBe(true);
    expect(redactText(text)).not.toContain(secret);
    expect(redactText(event.slice(0, -2))).not.toContain(secret);
    expect(JSON.stringify(redact(JSON.parse(event)))).not.toContain(secret);
  });

  it('keeps numbers that JavaScript cannot hold as they are, in a JSON text with a secret', () => {
    const text = '{"id":12345678901234567890,"rate":0.12345678901234567,"n":"9007199254740993","password":"hunter2"}';

    expect(redactText(text)).toBe(text.replace('hunter2', redacted));
    expect(redactText('{"password":12345678901234567890}')).toBe(`{"password":"${redacted}"}`);
    expect(redactText(text.replace('password', 'pass_count'))).toBe(text.replace('password', 'pass_count'));
  });

  it('keeps lists and tags in which no secret stands', () => {
    const kept = [
      '["password","email"]',
      'columns ["token", "customer_id"]',
      '["rotate-secret","FAILED"]',
      '["access_token","2025-03-10"]',
      'primary key (user_password, day)',
      '["unzip","-p","orders.zip"]',
      "['psql', '-p', '5432', '-U', 'etl']",
      '["mysql","-P","3306"]',
      '<property name="password" value=""/>\n</properties>',
      '<property name="user">etl</property>',
      'PARTITION access_token == ',
      'fetch_token -> load_orders',
      'set password for the user etl',
      'the row is identified by order_id_2',
      'with password authentication for etl',
      'db://host:5432',
      'kafka://broker:9092',
      "post('http://db:1/services/secret', '{}')",
      "openssl(['req', '-keyout', 'a.pem', '-out', 'b.pem'])",
      'openssl version: OpenSSL 3.0.2',
      'redis-cli -h cache ping',
      'Authorization: denied for etl',
      'Authorization: Bearer <token>',
      '"password": "********", "token": "***"',
      'load --password "$DB_PASSWORD"',
      'unknown option --token (see --help)',
      'GOOGLE_APPLICATION_CREDENTIALS=/app/lake.json',
      'password=config["password"]',
      'Enter password: ',
      'the secret is not the one of lake_2026_orders_daily',
      'token 5e0f1a2b-1111-4222-8333-999988887777 is known',
    ];

    expect(kept.map((text) => redactText(text))).toEqual(kept);
    expect(
      redact({
        kept,
        parsed: [
          ['password', 'email'],
          ['psql', '-p', '5432'],
        ],
      }),
    ).toEqual({
      kept,
      parsed: [
        ['password', 'email'],
        ['psql', '-p', '5432'],
      ],
    });
  });
});
