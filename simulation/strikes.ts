import type { Fault, Plan, PortName } from './plan';
import { draw } from './random';

/** What a fault does to a call. */
export type Strike =
  | { readonly does: 'refuses' }
  | { readonly does: 'hangs' }
  | { readonly does: 'loses the answer' }
  | { readonly does: 'sends twice' }
  | { readonly does: 'crashes'; readonly isAfter: boolean };

/** Which faults there are at an instant, and whom they strike. */
export interface Strikes {
  /** What happens to the next call of a port, or null. */
  readonly on: (port: PortName, now: number) => Strike | null;
  /** Faults of a kind that strike now. */
  readonly now: <K extends Fault['kind']>(kind: K, now: number) => readonly Extract<Fault, { kind: K }>[];
  /** How many calls were struck. */
  readonly count: () => number;
}

/** Makes the faults of a plan ready. */
export function createStrikes({ seed, steps }: Plan): Strikes {
  const faults = steps.flatMap((step) => (step.kind === 'fault' ? [step.fault] : []));
  const drawn = new Map<Fault, number>();
  const crashed = new Set<Fault>();
  let struck = 0;

  /** The same answers whatever other faults there are. */
  function hits(fault: Fault & { readonly share: number; readonly from: number }): boolean {
    const number = drawn.get(fault) ?? 0;
    drawn.set(fault, number + 1);
    return draw(seed, fault.from, number) < fault.share;
  }

  function isCrash(fault: Fault, port: PortName, now: number): boolean {
    if (fault.kind !== 'crash' || crashed.has(fault) || now < fault.from) return false;
    if (fault.port !== null && fault.port !== port) return false;
    const number = (drawn.get(fault) ?? 0) + 1;
    drawn.set(fault, number);
    if (number < fault.nth) return false;
    crashed.add(fault);
    return true;
  }

  function strikeOf(fault: Fault, port: PortName, now: number): Strike | null {
    if (fault.kind === 'crash') return isCrash(fault, port, now) ? { does: 'crashes', isAfter: fault.isAfter } : null;
    if (!('ports' in fault) || !isNow(fault, now) || !fault.ports.includes(port) || !hits(fault)) return null;
    if (fault.kind === 'outage') return { does: fault.hangs ? 'hangs' : 'refuses' };
    return { does: fault.kind === 'lost answer' ? 'loses the answer' : 'sends twice' };
  }

  return {
    on(port, now) {
      for (const fault of faults) {
        const strike = strikeOf(fault, port, now);
        if (strike === null) continue;
        struck++;
        return strike;
      }
      return null;
    },
    now<K extends Fault['kind']>(kind: K, now: number) {
      const isOfKind = (fault: Fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind;
      return faults.filter(isOfKind).filter((fault) => isNow(fault, now) && (!('share' in fault) || hits(fault)));
    },
    count: () => struck,
  };
}

function isNow(fault: Fault, now: number): boolean {
  return 'to' in fault && fault.from <= now && now < fault.to;
}
