import type { Random } from './random';

/** Secrets that stand in error texts, made so that no scanner takes them for real ones. */
export const planted: readonly [string, ...string[]] = [
  ['AKIA', 'SIMULATED7EXAMPLE'.slice(0, 16)].join(''),
  ['xoxb', '123456789012-abcdefghijkl'].join('-'),
  ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_'),
  ['hunter2', 'correct-horse-battery'].join('-'),
  ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJzaW11bGF0ZWQifQ', 'c2lnbmF0dXJlc2lnbmF0dXJl'].join('.'),
];

/** The path of the webhooks of the simulation: whoever knows it can post. */
export const webhookPaths = {
  default: 'T00SIMULATE/B00DEFAULT/notarealwebhookpath01',
  own: 'T00SIMULATE/B00OWN00000/notarealwebhookpath02',
} as const;

/** An error text of one of three kinds: the numbers in it differ, what is wrong does not. Some hold a secret. */
export function errorText(kind: number, random: Random): string {
  const number = random.between(100_000, 999_999);
  const [aws, slack, github, password, jwt] = planted;
  const secret = random.chance(0.3)
    ? random.pick([
        ` with key ${aws}`,
        ` (token ${slack})`,
        ` https://${github}@github.com/x/y`,
        ` at jdbc:postgresql://etl:${password}@db.example:5432/lake`,
        ` {"password": "${password}"}`,
        ` Authorization: Bearer ${jwt}`,
      ])
    : '';
  // Only one kind may hold any: what stands in place of a secret is a part of the fingerprint.
  return (
    [
      `ValueError: ${number} rows are too few`,
      `AnalysisException: no such table orders_raw at line ${number}`,
      `ConnectionError: timed out after ${number} ms${secret}`,
    ][kind % 3] ?? ''
  );
}
