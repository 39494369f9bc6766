import fc from 'fast-check';
import { afterFault, longer, visibilityAfter } from '../../handler/pause';

test('a message is hidden for a minute at first, an hour at last, never shorter than the time before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (receives) => {
      const seconds = visibilityAfter(receives, afterFault);

      expect(seconds).toBeGreaterThanOrEqual(60);
      expect(seconds).toBeLessThanOrEqual(3_600);
      expect(visibilityAfter(receives + 1, afterFault)).toBeGreaterThanOrEqual(seconds);
    }),
  );
});

test.each([
  ['no pause is asked for', 0, true, 240],
  ['a shorter pause is asked for', 30, true, 240],
  ['a longer pause is asked for', 300.2, true, 301],
  ['a pause longer than an hour is asked for', 86_400, true, 3_600],
  ['another invocation works on it', 5, false, 20],
])('at the third receive, when %s', (_, seconds, isFault, hidden) => {
  expect(visibilityAfter(3, { seconds, isFault })).toBe(hidden);
});

test('what is only waited for comes again within ten minutes, however often it was received, and not fifty times in an hour', () => {
  const receives = Array.from({ length: 50 }, (_, at) => visibilityAfter(at + 1, { seconds: 5, isFault: false }));

  expect(Math.max(...receives)).toBe(600);
  expect(receives.reduce((sum, seconds) => sum + seconds) / 3_600).toBeGreaterThan(6);
});

test('a message with a fault and something that is waited for rests as after a fault, at least as long as each asks', () => {
  const waits = { seconds: 90, isFault: false };

  expect(longer(afterFault, waits)).toEqual({ seconds: 90, isFault: true });
  expect(longer(waits, afterFault)).toEqual({ seconds: 90, isFault: true });
});
