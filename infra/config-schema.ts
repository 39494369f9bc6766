import * as v from 'valibot';
import { sources } from '../handler/normalise/sources.generated';
import { defaultSettings } from '../handler/settings';
import { defaultRoute, listOfTold, maintenance, redaction, routes, silences, toldTypes } from './config-alerts';
import { ownSources, sourceSetting } from './config-sources';
import { days, lakeFormation, tags, text } from './config-values';
import { defaultName } from './names';

/** The periods for which CloudWatch keeps logs, in days. */
const logPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retention = v.strictObject({
  rows: days(1095, 'How long rows are kept, and how far back Athena looks'),
  quarantine: days(90, 'How long events that nobody recognised are kept'),
  firehoseErrors: days(90, 'How long rows that Firehose refused are kept'),
  athenaResults: days(30, "How long the results of Athena's queries are kept"),
  logs: v.optional(
    v.pipe(
      v.picklist(logPeriods),
      v.title(`number of days that CloudWatch knows: ${logPeriods.join(', ')}`),
      v.description('How long the logs of the functions and of Firehose are kept'),
    ),
    90,
  ),
});

const terraformCloud = v.strictObject({
  organization: text('name of an organisation', 'Organisation in Terraform Cloud'),
  hostname: v.exactOptional(text('host name', 'Host of Terraform Enterprise; left out, Terraform Cloud itself')),
  project: v.exactOptional(text('name of a project', 'Project of the workspaces; needs Terraform 1.6 or later')),
  workspaces: v.strictObject({
    registry: text('name of a workspace', 'Workspace of the stack registry'),
    monitoring: text('name of a workspace', 'Workspace of the stack monitoring'),
  }),
});

/** What `config.ts` may say: every key with its type in words (`title`), its meaning (`description`) and its default. */
export const schema = v.strictObject({
  name: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
      v.title('lower case letters, digits and single dashes, a letter first'),
      v.description('The installation. The default keeps the known names; any other is put in front of every name'),
    ),
    defaultName,
  ),
  sources: v.optional(
    v.strictObject(Object.fromEntries(sources.map((source) => [source.name, sourceSetting(source)]))),
    {},
  ),
  ownSources: v.optional(ownSources, []),
  lambdaDestinations: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^([\w*-]{1,64}|[\w-]{1,64}:(?!\d+$)[\w-]{1,128})$/))),
      v.title('list of names of functions, NAME:ALIAS for one called by an alias, or globs with *'),
      v.description(
        'Lambda functions whose destinations for success and failure are set to the topic; see docs/deploy.md before you do',
      ),
    ),
    [],
  ),
  alertOn: v.optional(
    v.pipe(
      listOfTold,
      v.title(`list of ${toldTypes.join(', ')}`),
      v.description('The types of events that are told in Slack, where neither the route nor the source has its own'),
    ),
    ['failed', 'timeout', 'delayed', 'overdue'],
  ),
  routes: v.optional(routes, []),
  defaultRoute: v.optional(defaultRoute, {}),
  silences: v.optional(silences, []),
  maintenance: v.optional(maintenance, []),
  redaction: v.optional(redaction, {}),
  keepPayloads: v.optional(
    v.pipe(
      v.boolean(),
      v.title('true or false'),
      v.description('Whether the column detail keeps inputs, outputs and payloads of the business'),
    ),
    defaultSettings.keepPayloads,
  ),
  alarms: v.optional(
    v.pipe(
      v.union([v.literal('none'), v.pipe(v.array(v.pipe(v.string(), v.email())), v.minLength(1))]),
      v.title('list of e-mail addresses, or "none"'),
      v.description('Who hears when the monitor itself is unwell'),
    ),
    'none',
  ),
  silenceAlarmHours: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(168),
      v.title('whole number of hours from 1 to 168'),
      v.description('After how many hours without any event the alarm for silence rings'),
    ),
    24,
  ),
  retention: v.optional(retention, {}),
  onDestroy: v.optional(
    v.pipe(
      v.picklist(['keep', 'delete']),
      v.title('"keep" or "delete"'),
      v.description(
        'Whether Terraform refuses to destroy the bucket, the secret and the key, or deletes them with all they hold',
      ),
    ),
    'keep',
  ),
  tags: v.optional(tags, {}),
  encryption: v.optional(
    v.pipe(
      v.picklist(['aws', 'customer-managed']),
      v.title('"aws" or "customer-managed"'),
      v.description(
        'Whether keys of AWS encrypt what is kept, or one key of the account, which this makes. Chosen at the first deployment: the way back to "aws" would delete the key, so Terraform refuses it while `onDestroy` is "keep"',
      ),
    ),
    'aws',
  ),
  lakeFormation: v.exactOptional(lakeFormation),
  permissionsBoundary: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^arn:[a-z-]+:iam::(\d{12}|aws):policy\/.+$/),
      v.title('ARN of an IAM policy'),
      v.description('Permissions boundary of every role'),
    ),
  ),
  rolePath: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\/([\x21-\x7e]{1,510}\/)?$/),
      v.title('path that begins and ends with a slash'),
      v.description('IAM path of every role'),
    ),
    '/',
  ),
  terraformCloud: v.exactOptional(terraformCloud),
});
