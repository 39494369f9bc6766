import { objectOf, parseJson } from '../event/json';
import type { HttpAnswer } from '../ports';

/**
 * What became of an alert: Slack took it, or why not. `later`: after a pause of so many seconds, where Slack asks for
 * one; `rejected`: not in this form; `dead`: nothing that is posted to this webhook.
 */
export type Outcome =
  | { readonly sent: true }
  | { readonly later: number | null; readonly why: string }
  | { readonly rejected: string }
  | { readonly dead: string };

/**
 * The webhook was revoked, its channel archived, or its app removed: the next alert would fare no better ("Sending
 * messages using incoming webhooks", Slack documentation). A 400 concerns the one message.
 */
const deadStatuses: readonly number[] = [403, 404, 410];

/** Where a webhook leads elsewhere, nobody follows it: its URL is a secret. */
function leadsElsewhere(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Slack's answers, told by their codes alone: only 429, 5xx and no answer at all are tried again; a workflow may say `ok: false` with a 200. */
export function outcomeOf({ status, body, retryAfterSeconds }: HttpAnswer): Outcome {
  const answer = objectOf(parseJson(body));
  const told = `${status} ${/^[a-z_]{1,60}$/.exec(String(answer?.['error'] ?? body))?.[0] ?? ''}`.trim();
  if (status === 429 || status >= 500) {
    return { later: retryAfterSeconds, why: told };
  }
  if (deadStatuses.includes(status) || leadsElsewhere(status)) {
    return { dead: told };
  }
  if (status < 200 || status >= 300) {
    return { rejected: told };
  }
  // A page is a proxy's or a firewall's: Slack never saw the message.
  if (/^\s*</.test(body)) {
    return { later: null, why: `${status} with a page instead of an answer` };
  }
  const isRefused = answer?.['ok'] === false || (answer?.['ok'] !== true && typeof answer?.['error'] === 'string');
  return isRefused ? { rejected: told } : { sent: true };
}
