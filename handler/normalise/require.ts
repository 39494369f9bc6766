import { MonitorError } from '../errors';
import { type JsonObject, textOf } from '../event/json';

/**
 * A text that the event must hold to name its run; `place` is where the fields stand in the event.
 * @throws MonitorError `EVENT_INCOMPLETE`, naming the field and what it holds instead.
 */
export function requireText(fields: JsonObject, key: string, place = 'detail'): string {
  const text = textOf(fields[key]);
  if (text === null) {
    const found = fields[key] === undefined ? 'missing' : `${JSON.stringify(fields[key])?.slice(0, 40)}, not a text`;
    throw new MonitorError('EVENT_INCOMPLETE', `${place}.${key} is ${found}`);
  }
  return text;
}
