import { planted, webhookPaths } from '../errors';
import type { Case, Violation } from './truth';

/** No planted secret and no webhook's path is anywhere. */
export function secretsHold({ history }: Case): readonly Violation[] {
  const places = {
    'a row': history.rows,
    'an object': [...history.objects].flat(),
    Slack: history.posts.map(({ body }) => body),
    'the log': history.lines,
  };
  const secrets = [...planted, ...Object.values(webhookPaths)];
  return Object.entries(places).flatMap(([place, texts]) => {
    const all = texts.join('\n');
    const found = secrets.filter((secret) => all.includes(secret));
    return found.map((secret) => ({
      promise: 'no secret comes through',
      says: `${secret.slice(0, 12)}… is in ${place}`,
    }));
  });
}
