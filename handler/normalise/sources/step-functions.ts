import type { Source } from '../source';

/** Step Functions state machine. */
const source: Source = {
  name: 'step_functions',
  title: 'Step Functions state machine',
  pattern: {
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { status: [{ 'anything-but': ['PENDING_REDRIVE'] }] },
  },
  normalise() {
    throw new Error('not yet');
  },
};

export default source;
