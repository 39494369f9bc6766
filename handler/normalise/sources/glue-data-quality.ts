import type { CapturedEvent } from '../../event/captured-event';
import { objectOf, textOf } from '../../event/json';
import { buildArn } from '../arn';
import { consoleUrl } from '../console';
import { evaluatedIn, evaluationText } from '../data-quality';
import { readError } from '../error-text';
import type { Source, SourceFields } from '../source';
import { eventTypeOf, type States } from '../states';

/** A verdict on the data: the evaluation itself ran in both cases. */
const states: States = new Map([
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
]);

const source: Source = {
  name: 'glue_data_quality',
  title: 'Glue Data Quality evaluation',
  pattern: {
    source: ['aws.glue-dataquality'],
    'detail-type': ['Data Quality Evaluation Results Available'],
  },
  filters: { rulesets: { path: ['detail', 'rulesetNames'] } },
  normalise,
};

export default source;

function normalise({ detail, region, account }: CapturedEvent): SourceFields {
  const context = objectOf(detail['context']) ?? {};
  const { name, resource, page } = evaluatedIn(context);
  const state = textOf(detail['state']) ?? 'unknown';
  const type = eventTypeOf(states, state);
  return {
    service_name: name,
    service_request_id: textOf(detail['resultId']) ?? textOf(detail['resultID']) ?? textOf(context['runId']),
    event_type: type,
    source_state: state,
    ...(type === 'succeeded' ? {} : readError(evaluationText(detail))),
    resource_arn: buildArn({ service: 'glue', region, account, resource }),
    console_url: consoleUrl(region, page),
  };
}
