import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Access } from '../../../../local/policy';
import { listenOnLoopback } from '../../../handler/loopback';
import { askedBy, type KeyTags } from './asked';

/** A proxy before an emulator of AWS that notes what is asked of it. */
export interface Recorder {
  readonly url: string;
  /** What was asked for so far, each action on each resource once, in order of the alphabet. */
  readonly accesses: () => readonly Access[];
  readonly stop: () => Promise<void>;
}

/** Starts a recorder on the loopback. */
export async function startRecorder(emulator: string): Promise<Recorder> {
  const seen = new Map<string, Access>();
  const keyTags: KeyTags = new Map();
  const { url, close } = await listenOnLoopback(async ({ request, body, response }) => {
    const { status, headers, content } = await passedOn(emulator, request, body);
    for (const access of askedBy({ request, body, answer: content }, keyTags)) seen.set(JSON.stringify(access), access);
    response.writeHead(status, headers).end(content);
  });
  return { url, stop: close, accesses: () => [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it) };
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly content: Buffer;
}

function passedOn(emulator: string, { method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer) {
  return new Promise<Answer>((resolve, reject) => {
    const onward = httpRequest(new URL(url, emulator), { method, headers }, async (answer) => {
      const content = Buffer.concat(await answer.toArray());
      resolve({ status: answer.statusCode ?? 502, headers: answer.headers, content });
    });
    onward.on('error', reject).end(body);
  });
}
