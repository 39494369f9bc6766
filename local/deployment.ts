import type { FunctionName } from '../handler/environment';
import type { QueueSettings } from './queue-types';

/** An EventBridge rule and the topics that it feeds. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly matches: (event: unknown) => boolean;
  /** Why it matches nothing; null for one that does its work. */
  readonly idle: string | null;
  readonly targets: readonly { readonly topicArn: string; readonly deadLetterArn: string | null }[];
}

/** A rule that calls a function again and again, whatever happens. */
export interface Schedule {
  readonly name: string;
  readonly arn: string;
  /** The function that it calls, by name. */
  readonly functionName: string;
  readonly everySeconds: number;
  /** What it calls the function with. */
  readonly input: unknown;
  /** How often Lambda repeats a call that failed, and how long afterwards it still does. */
  readonly repeats: number;
  readonly oldestSeconds: number;
}

/** An SNS subscription of a queue. */
export interface Subscription {
  readonly topicArn: string;
  readonly queueArn: string;
  /** Raw delivery puts the bare message into the queue, else it travels in SNS's envelope. */
  readonly raw: boolean;
  readonly deadLetterArn: string | null;
}

/** An SQS queue with where its dead letters go. */
export interface QueueDeclaration extends QueueSettings {
  readonly url: string;
  readonly deadLetterArn: string | null;
}

/** A Lambda function, fed by one queue. */
export interface FunctionDeclaration {
  readonly name: string;
  /** Which function of the image it runs. */
  readonly entry: FunctionName;
  readonly timeoutMs: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly queueArn: string;
}

/** The types that a column can have in Glue. */
export const glueTypes = ['string', 'bigint', 'double', 'boolean', 'timestamp'] as const;

/** One of {@link glueTypes}. */
export type GlueType = (typeof glueTypes)[number];

/** A column of a Glue table. */
export interface GlueColumn {
  readonly name: string;
  readonly type: GlueType;
}

/** A partition key of days and how Athena projects it. */
export interface PartitionKey {
  readonly name: string;
  /** Of the days, in the letters of Java's DateTimeFormatter. */
  readonly format: string;
  /** First and last day, as days in that format or counted from the present (`NOW-3YEARS`). */
  readonly range: readonly [first: string, last: string];
}

/** How the files of a table are written: Parquet by Firehose, JSON lines by a function. */
export type TableFormat = 'parquet' | 'json-lines';

/** A Glue table over files in Hive-style partitions. */
export interface Table {
  readonly database: string;
  readonly name: string;
  /** Key prefix of its files in the bucket, ends in a slash. */
  readonly prefix: string;
  readonly format: TableFormat;
  readonly columns: readonly GlueColumn[];
  readonly partitionKeys: readonly PartitionKey[];
}

/** A Glue view that Athena opens, decoded. */
export interface View {
  readonly name: string;
  readonly sql: string;
  /** Names of its columns, in order. */
  readonly columns: readonly string[];
}

/** A Firehose stream that converts JSON into the Parquet of a table. */
export interface Stream {
  readonly name: string;
  readonly arn: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly bufferBytes: number;
  readonly bufferSeconds: number;
  readonly table: Table;
}

/** An object that Terraform itself puts into a bucket. */
export interface DeployedObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: string;
}

/** A SQL statement kept in Athena under a name. */
export interface NamedQuery {
  readonly name: string;
  readonly sql: string;
}

/** Everything that the Terraform of the monitoring stack says about how an event becomes a row and an alert. */
export interface Deployment {
  readonly rules: readonly Rule[];
  readonly schedules: readonly Schedule[];
  /** The topic that the rules feed, and where Lambda destinations and anybody else publish. */
  readonly topic: { readonly name: string; readonly arn: string };
  readonly subscriptions: readonly Subscription[];
  readonly queues: readonly QueueDeclaration[];
  readonly functions: readonly FunctionDeclaration[];
  readonly streams: readonly Stream[];
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly queries: readonly NamedQuery[];
  readonly objects: readonly DeployedObject[];
  readonly buckets: readonly string[];
  /** Names and ARNs under which a secret can be asked for. */
  readonly secrets: readonly string[];
}
