import type { Notice } from '../decide/notice';
import type { Webhook } from '../webhook';
import { incomingMessage } from './block-kit';
import { workflowMessage } from './workflow';

/** The message for one notice, or for several together, in the form that the webhook takes. */
export function messageOf(kind: Webhook['kind'], notices: readonly Notice[]): object {
  return kind === 'workflow' ? workflowMessage(notices) : incomingMessage(notices);
}

/** The same as nothing but a text, for when Slack refuses the blocks. */
export function plainMessageOf(notices: readonly Notice[]): object {
  return { text: incomingMessage(notices).text };
}
