import { MonitorError } from './errors';
import type { HttpAnswer } from './ports';

/** Slack answers within a second; a request that takes longer than this is given up, milliseconds. */
const timeout = 10_000;

/** An answer of Slack is a word or a line; of one that does not end no more than this is read, UTF-16 units. */
const longestAnswer = 65_536;

/**
 * Posts JSON. Redirects are answers: the URL is a secret and must not travel on. Errors never carry it.
 * @throws MonitorError `HOST_UNKNOWN` when the URL's host does not exist; else what `fetch` throws when nobody answers.
 */
export async function post(url: string, body: string): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  }).catch(explain);
  return {
    status: response.status,
    body: await beginningOf(response),
    retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
  };
}

function explain(error: unknown): never {
  const cause: unknown = error instanceof Error ? error.cause : null;
  const isUnknown = cause instanceof Error && 'code' in cause && cause.code === 'ENOTFOUND';
  throw isUnknown ? new MonitorError('HOST_UNKNOWN', 'The host of the webhook does not exist') : error;
}

/** What came of the body: the status says what became of the message, also where the rest was cut off. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= longestAnswer) break;
    }
  } catch {
    return text;
  }
  return text.slice(0, longestAnswer);
}

/** `Retry-After` in seconds: it is a number of them, or a date (RFC 9110, 10.2.3). Null when it is neither. */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,9}(\.\d+)?$/.test(header.trim())) return Number(header);
  const seconds = (Date.parse(header) - Date.now()) / 1_000;
  return /[a-z]/i.test(header) && Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
