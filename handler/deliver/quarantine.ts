import { hash } from 'node:crypto';
import type { JsonObject } from '../event/json';
import type { Ports } from '../ports';

/** What nobody recognised: the event as it was (redacted), or the text where it was no JSON object, and the reason. */
export type Refused = { readonly reason: string } & ({ readonly event: JsonObject } | { readonly text: string });

/** A quarantine object's content. */
export type Quarantined = Refused & { readonly arrived_at: string; readonly message_id: string | null };

/** Where a refused event goes, and where in a batch it stood. */
export interface Place {
  readonly ports: Pick<Ports, 'objects'>;
  readonly prefix: string;
  readonly messageId: string | null;
  /** Which of the refused events of its message this is, counted from 0: its name must not change when it comes again. */
  readonly index: number;
  /** When the message arrived. */
  readonly arrivedAt: Date;
}

/**
 * Writes a refused event to `<prefix>dt=<day of arrival>/<message id>-<index>.json`. The message delivered again finds
 * its object there; the same event sent anew (a replay) gets another, so that deleting the old one loses nothing.
 */
export async function quarantine(refused: Refused, place: Place): Promise<void> {
  const arrivedAt = place.arrivedAt.toISOString();
  const content: Quarantined = { ...refused, arrived_at: arrivedAt, message_id: place.messageId };
  const text = JSON.stringify(content);
  const id = place.messageId?.replace(/[^\w-]/g, '_') ?? hash('sha256', text, 'hex');
  await place.ports.objects.putIfAbsent(`${place.prefix}dt=${arrivedAt.slice(0, 10)}/${id}-${place.index}.json`, text);
}
