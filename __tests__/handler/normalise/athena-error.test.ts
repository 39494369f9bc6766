import { isTimeout } from '../../../handler/normalise/athena-error';

test.each([
  [{ errorType: 206 }, true],
  [{ errorType: 210.0, errorMessage: 'Time is up' }, true],
  [{ errorType: '206' }, true],
  [{ errorMessage: 'Query timeout' }, true],
  [{ errorType: 1009, errorMessage: 'Query timeout of the function enrich' }, false],
  [{ errorType: null }, false],
  [{ errorMessage: 'The function enrich timed out' }, false],
  [{}, false],
])('%j means a query out of time: %s', (error, expected) => {
  expect(isTimeout(error)).toBe(expected);
});
