/*
 * Who may import whom. The folders are stages; data flows event → normalise → record → deliver / alert and never
 * back. Type-only imports count: a type is knowledge, too. __tests__/contracts/imports.test.ts plants one
 * violation per rule and checks that it is told.
 */

const ours =
  '^(main|config)[.]ts$|^(handler|infra|local|queries|replay|silence|explain|simulation|scripts|bench|examples|__tests__)/';
const anyPackage = '(^|/)node_modules/';
const crypto = '^(node:)?crypto$';

/** Of everything - ours, packages, Node - the folder may import only itself and what is listed. */
function pure(name, { from, fromNot, may = [], why }) {
  return rule(name, why, { path: from, ...(fromNot && { pathNot: fromNot }) }, { pathNot: [from, crypto, ...may] });
}

/** Of our own code the folder may import only itself and what is listed; packages and Node are free. */
function bounded(name, { from, fromNot, may = [], why }) {
  return rule(name, why, { path: from, ...(fromNot && { pathNot: fromNot }) }, { path: ours, pathNot: [from, ...may] });
}

function rule(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

const errors = '^handler/errors[.]ts$';
const record = '^handler/record/';
const event = '^handler/event/';
const json = '^handler/event/json[.]ts$';
const documents = '^handler/event/json-documents[.]ts$';
const settings = '^handler/settings[.]ts$';
const seams = '^handler/(ports|log|metrics)[.]ts$';
const sources = '^handler/normalise/sources/';
const enrich = '^handler/enrich/';
/** How many calls run at once, until when, and when what failed is tried again. */
const pace = '^handler/(groups|deadline|pause|environment)[.]ts$';

const stages = [
  pure('errors-stand-alone', {
    from: errors,
    why: 'Everything may throw a MonitorError, so it may know nothing of what throws it.',
  }),
  pure('record-is-pure', {
    from: record,
    may: [errors],
    why: 'The record is what all stages agree on: were it to know one of them, or the clock, the others would depend on that.',
  }),
  pure('event-is-pure', {
    from: event,
    may: [errors],
    why: 'What an event is does not depend on what we make of it.',
  }),
  pure('redact-is-pure', {
    from: '^handler/redact(/|[.]ts$)',
    may: [errors],
    why: 'Redaction must be the same wherever and whenever it runs: row, log, quarantine and Slack rely on it.',
  }),
  pure('ports-are-types', {
    from: '^handler/ports[.]ts$',
    why: 'A port says what the world can do, never how; an import here would tie every stage to one way.',
  }),
  bounded('log-and-metrics-know-no-stage', {
    from: '^handler/(log|metrics)[.]ts$',
    may: ['^handler/redact[.]ts$', errors],
    why: 'Every stage may log and count, so these may know of none; redaction stands before the log.',
  }),
  pure('settings-are-data', {
    from: settings,
    may: [errors, record, '(^|/)node_modules/valibot/'],
    why: 'Infrastructure writes the settings and the functions read them; both must be able to load this file.',
  }),
  pure('environment-is-data', {
    from: '^handler/environment[.]ts$',
    may: [errors],
    why: 'Infrastructure supplies the variables and the functions read them; both must be able to load this file.',
  }),
  pure('normalise-is-pure', {
    from: '^handler/normalise/',
    may: [event, record, settings, errors],
    why: 'The same event must give the same record, on a replay a year later too: no I/O, clock or environment.',
  }),
  rule(
    'settings-as-types',
    'These stages take settings as an argument; reading them is the business of process.',
    { path: '^handler/(normalise/|alert/(decide|message)(/|[.]ts$))' },
    { path: settings, dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'sources-stand-alone',
    'A source is one file that can be added or removed by itself: it never leans on another source.',
    { path: '^handler/normalise/sources/([^/]+)[.]ts$' },
    { path: sources, pathNot: '^handler/normalise/sources/$1[.]ts$' },
  ),
  rule(
    'sources-by-index',
    'Nobody registers or picks a source by hand: the generated index is the one way to them.',
    { pathNot: ['^handler/normalise/sources[.]generated[.]ts$', '^__tests__/', sources] },
    { path: sources },
  ),
  bounded('enrich-fills-records', {
    from: enrich,
    may: [
      record,
      seams,
      settings,
      errors,
      pace,
      '^handler/redact[.]ts$',
      '^handler/normalise/error-(text|columns)[.]ts$',
    ],
    why: 'What a service answers must not decide what an event is: only empty columns are filled. (A text that it answers is redacted and read as one of an event would be, so that both give the same columns.)',
  }),
  bounded('deliver-knows-records-only', {
    from: '^handler/deliver/',
    may: [record, seams, errors, json],
    why: 'A new source must not touch delivery, and delivery must run behind ports wherever it runs. (json.ts reads any JSON.)',
  }),
  pure('alert-decisions-are-pure', {
    from: '^handler/alert/(decide|message)(/|[.]ts$)',
    may: [record, settings, errors, json, '(^|/)node_modules/@slack/types/'],
    why: 'Who is told what must be provable without a clock, a network or Slack.',
  }),
  bounded('alert-knows-records-only', {
    from: '^handler/alert/',
    may: [record, seams, settings, errors, json, pace, enrich],
    why: 'A new source must not touch Slack code: alerts read records, never events. (They ask Glue about those as persist does.)',
  }),
  rule(
    'handler-stands-alone',
    'The image holds handler/ and nothing else; what provisions or imitates it is no part of it.',
    { path: '^handler/' },
    { path: ours, pathNot: '^handler/' },
  ),
  rule(
    'handler-ships-what-it-imports',
    'The bundle is made of dependencies; a development dependency may lend it types only.',
    { path: '^handler/' },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'entry-points-are-last',
    'process and index see all stages; a stage that saw them would turn the flow back.',
    { path: '^handler/', pathNot: '^handler/(index|process)[.]ts$' },
    { path: '^handler/(index|process)[.]ts$' },
  ),
];

const outside = [
  bounded('infra-reads-data-only', {
    from: '^(infra/|main[.]ts$)',
    may: [
      '^config[.]ts$',
      '^queries/',
      '^handler/normalise/(sources[.]generated|source)[.]ts$',
      '^handler/event/(pattern|match|overlap)[.]ts$',
      '^handler/record/(schema|notification)[.]ts$',
      '^handler/event/tick[.]ts$',
      '^handler/(settings|environment|metrics)[.]ts$',
    ],
    why: 'Terraform is derived from data of the handler - sources, schemas, settings, variables, the event of the schedule - not from its behaviour. (The matcher tells at synthesis which patterns the handler could not match with.)',
  }),
  rule(
    'cdktf-in-infra-only',
    'CDKTF is archived; a move to its fork must touch one folder.',
    { pathNot: '^(infra/|main[.]ts$|__tests__/|[.][.]/)|(^|/)node_modules/' },
    { path: '(^|/)node_modules/(cdktf|constructs|@cdktf)/' },
  ),
  bounded('local-reads-the-terraform', {
    from: '^local/',
    may: ['^handler/(process|ports|environment|log|metrics)[.]ts$', event, '^queries/'],
    why: 'The local run proves the Terraform: were it to read our sources, schema or configuration, a fault there would not show.',
  }),
  bounded('queries-stand-alone', {
    from: '^queries/',
    why: 'Infrastructure and local run read the same SQL; it can know none of them.',
  }),
  bounded('replay-delivers-again', {
    from: '^replay/',
    may: ['^handler/deliver/', '^handler/log[.]ts$', record, json, documents, '^infra/(names|config)[.]ts$'],
    why: 'The replay moves messages by name and by the forms that delivery and the ledger define; it never interprets events. (It splits a record into rows as the local Firehose does.)',
  }),
  bounded('silence-writes-silences', {
    from: '^silence/',
    may: [settings, '^infra/(names|config|config-values)[.]ts$', '^infra/alert/matching[.]ts$', '^replay/bucket[.]ts$'],
    why: 'A silence is an object in the form of the settings, checked as config.ts is; what it keeps back is decided by the handler.',
  }),
  bounded('explain-asks-the-handler', {
    from: '^explain/',
    may: ['^handler/', '^local/(entry|events|input-files|slack-text|terminal-text)[.]ts$'],
    why: 'What would be told is found by the function itself, on objects in memory; an explanation of its own could be wrong.',
  }),
  bounded('simulation-looks-from-outside', {
    from: '^simulation/',
    may: [
      '^handler/(process|ports|log)[.]ts$',
      '^handler/(event/tick|record/replayed)[.]ts$',
      '^local/(queue|queue-types|schedule|invocation)[.]ts$',
    ],
    why: 'It calls the functions and looks at what they left in the world: were it to ask their own modules what is right, they would agree with themselves.',
  }),
  rule(
    'image-script-reads-the-tag',
    'The tag of the image is computed in one place, which the script and the stack share.',
    { path: '^scripts/image[.]ts$' },
    { path: ours, pathNot: '^(infra/registry/|infra/(names|config)[.]ts$|config[.]ts$|scripts/image)' },
  ),
  rule(
    'examples-are-independent',
    'Examples that were made with the handler would prove only that it agrees with itself.',
    { path: '^examples/' },
    { path: '^(handler|infra|local)/' },
  ),
  rule(
    'tests-are-leaves',
    'What runs must not need what checks it.',
    { pathNot: '^__tests__/' },
    { path: '^__tests__/' },
  ),
  rule(
    'no-cycles',
    'Files that import each other are one file that cannot be read in any order.',
    {},
    { circular: true },
  ),
  rule(
    'nothing-unresolved',
    'An import that cannot be resolved cannot be checked by any other rule.',
    {},
    { couldNotResolve: true },
  ),
];

module.exports = {
  forbidden: [...stages, ...outside],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: anyPackage },
    enhancedResolveOptions: {
      extensions: ['.ts', '.d.ts', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'require', 'import', 'default', 'types'],
    },
  },
};
