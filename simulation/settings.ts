import { prefixes } from './history';
import type { Plan, Routed, Step } from './plan';

type Silence = Extract<Step, { kind: 'silence' }>;

/** What `config.ts` would say, as the settings object holds it. */
export function settingsOf({ routed, cooldownSeconds, steps }: Plan): object {
  const shared = { mention: null, runbook: null, severity: 'error', alertOn: null, cooldownSeconds };
  const own = routed === null ? [] : [{ name: 'routes[0]', match: matchOf(routed), channel: 'own', ...shared }];
  return {
    routes: [...own, { name: 'default', match: {}, channel: 'slack_webhook', ...shared }],
    silences: steps.filter((step) => isSilence(step, false)).map((step) => bodyOf(step as Silence)),
  };
}

function matchOf(routed: Routed): object {
  return 'name' in routed ? { name: [`${routed.name}*`] } : { errorType: [routed.errorType] };
}

/** Silences that were put into the bucket by hand. */
export function storedSilences({ steps }: Plan): readonly { readonly key: string; readonly body: string }[] {
  return steps
    .filter((step) => isSilence(step, true))
    .map((step, at) => ({ key: `${prefixes.silences}${at}.json`, body: JSON.stringify(bodyOf(step as Silence)) }));
}

function isSilence(step: Step, isStored: boolean): boolean {
  return step.kind === 'silence' && step.isStored === isStored;
}

function bodyOf({ name, from, until }: Silence): object {
  return {
    match: { name: [name] },
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    reason: 'simulated',
  };
}
