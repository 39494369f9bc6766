import type { Source } from '../source';

/** Glue crawler. */
const source: Source = {
  name: 'glue_crawler',
  title: 'Glue crawler',
  pattern: {
    source: ['aws.glue'],
    'detail-type': ['Glue Crawler State Change'],
    detail: { state: [{ 'anything-but': ['Started'] }] },
  },
  normalise() {
    throw new Error('not yet');
  },
};

export default source;
