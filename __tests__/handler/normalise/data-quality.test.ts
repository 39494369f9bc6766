import { evaluatedIn, evaluationText } from '../../../handler/normalise/data-quality';

describe('what an evaluation found', () => {
  it.each([
    [{ numRulesSucceeded: 3, numRulesFailed: 2, score: 0.6 }, '2 of 5 rules failed, score 0.6'],
    [{ rulesSucceeded: 3, rulesFailed: 2, rulesSkipped: 0, score: 0.6 }, '2 of 5 rules failed, score 0.6'],
    [{ numRulesFailed: '1', numRulesSkipped: '2', score: '0' }, '1 of 3 rules failed, 2 skipped, score 0'],
    [{ numRulesFailed: 1, score: 2 / 3, rulesetNames: ['keys'] }, '1 of 1 rules failed, score 0.667, ruleset keys'],
    [{ numRulesFailed: 0, rulesetNames: ['a', null, 'b'] }, 'The evaluation failed, rulesets a, b'],
    [{ numRulesFailed: 'many', score: 'NaN', rulesetNames: 7 }, 'The evaluation failed'],
    [{}, 'The evaluation failed'],
  ])('in %j reads %s', (detail, text) => {
    expect(evaluationText(detail)).toBe(text);
  });
});

describe('what was evaluated', () => {
  it('is a job, with its run', () => {
    expect(evaluatedIn({ jobName: 'load orders', jobId: 'jr_1', tableName: 'orders' })).toEqual({
      name: 'load orders',
      resource: 'job/load orders',
      page: 'gluestudio#/job/load%20orders/run/jr_1',
    });
  });

  it('is a table of the catalogue, whose name needs its database', () => {
    expect(evaluatedIn({ databaseName: 'curated', tableName: 'orders' })).toEqual({
      name: 'curated.orders',
      resource: 'table/curated/orders',
      page: 'glue#/v2/data-catalog/tables/view/orders?database=curated',
    });
    expect(() => evaluatedIn({ tableName: 'orders' })).toThrow('detail.context.databaseName is missing');
  });
});
