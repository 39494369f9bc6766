/** A port of which calls can fail, by its name in `handler/ports.ts`. */
export type PortName =
  | 'putRecordBatch'
  | 'get'
  | 'putIfAbsent'
  | 'putIfMatch'
  | 'list'
  | 'readSecret'
  | 'getJobRun'
  | 'getJob'
  | 'post'
  | 'postpone';

/** The two queues that take every event. */
export type QueueName = 'persist' | 'notify';

/** A copy of an event that arrives at a queue, milliseconds since the epoch. */
export interface Delivery {
  readonly queue: QueueName;
  readonly at: number;
}

/** A message that somebody sends: an event, or a text that is none. */
export interface Message {
  /** What finds it again among rows or in quarantine. */
  readonly id: string;
  readonly body: string;
  readonly says: string;
  readonly deliveries: readonly Delivery[];
}

/** How a run ends in truth. `lost`: a failed attempt whose retry never comes. */
export type Ending = 'succeeded' | 'failed' | 'timeout' | 'lost';

/** One try of a run. Instants are milliseconds since the epoch. */
export interface Attempt {
  readonly began: number;
  readonly ended: number;
  readonly failed: boolean;
}

/** A run of a task, as it truly went. */
export interface Run {
  readonly service: 'glue_job' | 'glue_crawler' | 'lambda' | 'step_functions';
  readonly name: string;
  /** What its rows call it; null where they make up an id. */
  readonly id: string | null;
  readonly attempts: readonly Attempt[];
  readonly ending: Ending;
  /** How many retries the service makes. */
  readonly retries: number;
  /** The id of the run that made this one fail. */
  readonly cause: string | null;
  readonly messages: readonly Message[];
  /** The message that tells the ending. */
  readonly last: string;
}

/** When a fault can strike: of the calls in this time, such a share. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/** Something that goes wrong. */
export type Fault =
  /** The service refuses, or does not answer within ten seconds; nothing took effect. */
  | ({ readonly kind: 'outage'; readonly ports: readonly PortName[]; readonly hangs: boolean } & Window)
  /** The call took effect, and its answer is lost. */
  | ({ readonly kind: 'lost answer'; readonly ports: readonly PortName[] } & Window)
  /** The call took effect, its answer is lost, and the client sends it once more. */
  | ({ readonly kind: 'sent twice'; readonly ports: readonly PortName[] } & Window)
  /** Of the records of a call some are refused. */
  | ({ readonly kind: 'partial failure' } & Window)
  /** The function dies at its nth call from then on. */
  | {
      readonly kind: 'crash';
      readonly nth: number;
      readonly from: number;
      readonly isAfter: boolean;
      readonly port: PortName | null;
    }
  /** Slack answers so. */
  | ({
      readonly kind: 'slack';
      readonly channel: string | null;
      readonly status: number;
      readonly body: string;
      readonly retryAfterSeconds: number | null;
    } & Window)
  /** What the secret holds meanwhile. */
  | {
      readonly kind: 'secret';
      readonly holds: 'nothing' | 'no channel' | 'garbage';
      readonly from: number;
      readonly to: number;
    }
  /** The clocks of every second sandbox are wrong by so much. */
  | { readonly kind: 'clock'; readonly from: number; readonly to: number; readonly byMs: number }
  /** All calls take longer. */
  | { readonly kind: 'slow'; readonly from: number; readonly to: number; readonly byMs: number }
  /** The queue keeps what the function handled, and hands it out again. */
  | ({ readonly kind: 'kept' } & Window);

/** One thing that happens, and that can be left out. */
export type Step =
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'junk'; readonly message: Message }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | {
      readonly kind: 'silence';
      readonly name: string;
      readonly from: number;
      readonly until: number;
      readonly isStored: boolean;
    }
  /** Somebody sends again what the ledger calls unconfigured or failed. */
  | { readonly kind: 'replay'; readonly at: number };

/** All that one schedule is made of. */
export interface Plan {
  readonly seed: number;
  readonly start: number;
  readonly cooldownSeconds: number;
  /** What goes to a channel of its own: tasks whose name begins so, or errors of a type. */
  readonly routed: Routed | null;
  readonly ownChannelIsWorkflow: boolean;
  readonly batchSizes: Readonly<Record<QueueName, number>>;
  readonly steps: readonly Step[];
}

/** What a route is about. */
export type Routed = { readonly name: string } | { readonly errorType: string };
