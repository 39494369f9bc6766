import type { Source } from '../source';

/** Glue job. */
const source: Source = {
  name: 'glue_job',
  title: 'Glue job',
  pattern: {
    source: ['aws.glue'],
    'detail-type': ['Glue Job State Change', 'Glue Job Run Status'],
    detail: { state: [{ 'anything-but': ['STOPPING', 'WAITING'] }] },
  },
  normalise() {
    throw new Error('not yet');
  },
};

export default source;
