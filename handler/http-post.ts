import type { HttpAnswer } from './ports';

/** Slack answers within a second; a request that takes longer than this is given up, milliseconds. */
const timeout = 10_000;

/** An answer of Slack is a word or a line; of one that does not end no more than this is read, UTF-16 units. */
const longestAnswer = 65_536;

/** Posts JSON. Redirects are refused: the URL is a secret and must not travel on. Errors never carry it. */
export async function post(url: string, body: string): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  });
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    body: await beginningOf(response),
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter : null,
  };
}

async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= longestAnswer) break;
  }
  return text.slice(0, longestAnswer);
}
