import type { Notice } from '../decide/notice';
import { incomingMessage, plainMessage } from './block-kit';
import { workflowMessage } from './workflow';

/** The message for one notice, or for several together, in the form that the webhook takes. */
export function messageOf(kind: 'incoming' | 'workflow', notices: readonly Notice[]): object {
  return kind === 'workflow' ? workflowMessage(notices) : incomingMessage(notices);
}

/** The same as nothing but a text, for when Slack refuses the blocks. */
export function plainMessageOf(notices: readonly Notice[]): object {
  return plainMessage(notices);
}
