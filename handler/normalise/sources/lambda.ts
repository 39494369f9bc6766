import type { Source } from '../source';

/** Lambda function. */
const source: Source = {
  name: 'lambda',
  title: 'Lambda function',
  pattern: {
    source: ['lambda'],
    'detail-type': [
      'Lambda Function Invocation Result - Success',
      'Lambda Function Invocation Result - Failure',
    ],
  },
  normalise() {
    throw new Error('not yet');
  },
};

export default source;
