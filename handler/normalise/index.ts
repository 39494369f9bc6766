import { hash } from 'node:crypto';
import { MonitorError } from '../errors';
import type { CapturedEvent } from '../event/captured-event';
import type { JsonObject } from '../event/json';
import type { StateRecord } from '../record/schema';
import type { OwnSource } from '../settings';
import { type Claimant, type Claims, claimsOf } from './claims';
import { type Context, complete } from './complete';
import { readEnvelope } from './envelope';
import { ownClaimants } from './own-source';
import { sources } from './sources.generated';
import { cut } from './text';

/** An event became a record, or it goes to quarantine with the reason. */
export type Normalised = { readonly record: StateRecord } | { readonly quarantine: string };

const builtIn = claimsOf(sources);

/** Makes the record of a state change from an event in EventBridge's form. Pure: the same event gives the same record. */
export function normalise(event: JsonObject, context: Context): Normalised {
  const envelope = readEnvelope(event, context);
  if (!envelope) {
    return { quarantine: 'no event of EventBridge: it lacks source or detail-type' };
  }
  const claimed = claimsFor(context.settings.ownSources)(envelope.source, envelope.detailType);
  if (claimed.length === 0) {
    return { quarantine: `no source claims ${cut(envelope.source, 64)}, ${cut(envelope.detailType, 128)}` };
  }
  const claim = claimed.find(({ matches }) => matches(event));
  if (!claim) {
    const names = claimed.map(({ claimant }) => claimant.name).join(', ');
    return {
      quarantine: `the pattern of ${names} leaves it out: an intermediate state, no state, or no run of its own`,
    };
  }
  return recordOf({ claimant: claim.claimant, envelope, event, context });
}

/** An event with the one whose pattern it matches. */
interface Claimed {
  readonly claimant: Claimant;
  readonly envelope: CapturedEvent;
  readonly event: JsonObject;
  readonly context: Context;
}

function recordOf({ claimant, envelope, event, context }: Claimed): Normalised {
  try {
    const fields = claimant.normalise(envelope);
    const eventId = fields.event_id ?? envelope.id ?? hash('sha256', JSON.stringify(event), 'hex');
    return { record: complete({ serviceType: claimant.name, eventId, fields, envelope, context }) };
  } catch (error) {
    if (error instanceof MonitorError && error.code === 'EVENT_INCOMPLETE') {
      return { quarantine: `${claimant.name}: ${error.message}` };
    }
    throw error;
  }
}

/** The claims of an installation, made once per settings: built-in sources first, but for those that are replaced. */
const claimsOfSettings = new WeakMap<readonly OwnSource[], Claims>();

function claimsFor(own: readonly OwnSource[] = []): Claims {
  if (own.length === 0) {
    return builtIn;
  }
  const known = claimsOfSettings.get(own);
  if (known) {
    return known;
  }
  const replaced = new Set(own.map(({ replaces }) => replaces));
  const claims = claimsOf([...sources.filter(({ name }) => !replaced.has(name)), ...own.flatMap(ownClaimants)]);
  claimsOfSettings.set(own, claims);
  return claims;
}
