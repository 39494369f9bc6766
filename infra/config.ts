import { mkdirSync } from 'node:fs';
import { sources } from '../handler/normalise/sources.generated';
import { alertProblems } from './alert/problems';
import { quietNotes } from './alert/quiet';
import { type Captured, capturing } from './capture/captured';
import { type Configuration, ConfigurationError, type ConfigurationInput, checkConfiguration } from './config-check';
import { defaultName, longestName, type Names, namesOf, partitionOf } from './names';
import { ownNotes, ownProblems } from './own-sources';
import { type Place, placeProblems } from './place';

export {
  type Configuration,
  ConfigurationError,
  type ConfigurationInput,
  type ConfigurationKey,
  configurationKeys,
} from './config-check';
export type { Place } from './place';

/** All that the stacks are made from. */
export interface Installation {
  readonly config: Configuration;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov` …, by the region. */
  readonly partition: string;
  readonly names: Names;
  /** One rule each. */
  readonly captured: readonly Captured[];
  /** What the person who synthesises should know; one sentence each. */
  readonly notes: readonly string[];
}

/** What `config.ts` exports: the settings, or a function that tells those of a place, where environments differ. */
export type ConfigurationExport = ConfigurationInput | ((place: Place) => ConfigurationInput);

/** Gives `config.ts` its types in the editor; it is checked when the stacks are made. */
export function defineConfig(config: ConfigurationExport): ConfigurationExport {
  return config;
}

/**
 * Checks `config.ts` and reads `ACCOUNT` and `REGION`, where the installation belongs. `now` tells what is over.
 * @throws ConfigurationError with one line per problem.
 */
export function readInstallation(
  input: ConfigurationExport,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  now: Date = new Date(),
): Installation {
  const place = { account: environment['ACCOUNT'] ?? '', region: environment['REGION'] ?? '' };
  const { account, region } = place;
  const config = checkConfiguration(settingsFor(place, input));
  const names = namesOf({ name: config.name, account, region });
  const { captured, ...said } = capturing(config, names);
  const problems = [
    ...placeProblems(place),
    ...said.problems,
    ...ownProblems(config.ownSources),
    ...sourceProblems(captured),
    ...replacedProblems(config),
    ...destinationProblems(config, names),
    ...workspaceProblems(config),
    ...readerProblems(config, place),
    ...alertProblems(config),
  ];
  if (problems.length === 0) problems.push(...nameProblems(config.name, account, region));
  if (problems.length > 0) throw new ConfigurationError(problems);
  const notes = [...notesOn(config), ...ownNotes(config.ownSources), ...said.notes, ...quietNotes(config, now)];
  return { config, account, region, partition: partitionOf(region), names, captured, notes };
}

/** `ACCOUNT` and `REGION` of the shell, or those of the documentation where it says neither: for what touches no account. */
export function shellOrExample(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string | undefined>> {
  const { ACCOUNT, REGION } = environment;
  return ACCOUNT || REGION ? { ACCOUNT, REGION } : { ACCOUNT: '123456789012', REGION: 'eu-west-1' };
}

/**
 * Makes the folder that the stacks are written into, `CDKTF_OUTDIR` or `cdktf.out`, with those above it: CDKTF makes the
 * last one only.
 * @throws ConfigurationError when it cannot be made.
 */
export function makeOutputFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const folder = environment['CDKTF_OUTDIR'] || 'cdktf.out';
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new ConfigurationError([
      `The folder "${folder}" cannot be made (${why}); set CDKTF_OUTDIR to one that can be written`,
    ]);
  }
  return folder;
}

function settingsFor(place: Place, input: ConfigurationExport): ConfigurationInput {
  if (typeof input !== 'function') return input;
  const problems = placeProblems(place);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return input(place);
}

function sourceProblems(captured: readonly Captured[]): readonly string[] {
  if (captured.length > 0) return [];
  return [
    `config.ts: sources are all off; leave at least one on of ${sources.map((source) => source.name).join(', ')}`,
  ];
}

/** What is said of a source whose place another takes would be said to nobody. */
function replacedProblems({ sources: said, ownSources }: Configuration): readonly string[] {
  return ownSources.flatMap(({ name, replaces = '' }, at) =>
    typeof said[replaces] === 'object'
      ? [
          `config.ts: sources.${replaces} narrows a source whose place ownSources[${at}] takes; say it by the pattern and alertOn of ${name} instead`,
        ]
      : [],
  );
}

/** What our own functions told of themselves would come back to them. */
function destinationProblems({ lambdaDestinations }: Configuration, { functions }: Names): readonly string[] {
  return Object.values(functions)
    .filter((name) => lambdaDestinations.some((it) => it === name || it.startsWith(`${name}:`)))
    .map((name) => `config.ts: lambdaDestinations has ${name}, which is the monitor itself; leave it out`);
}

/** Two stacks in one workspace would share a state, and each would destroy the other. */
function workspaceProblems({ terraformCloud }: Configuration): readonly string[] {
  const { registry, monitoring } = terraformCloud?.workspaces ?? {};
  if (registry === undefined || registry !== monitoring) return [];
  return [
    `config.ts: terraformCloud.workspaces.registry and .monitoring are both "${registry}"; each stack needs a workspace of its own`,
  ];
}

/** Another account could not use a plain grant: it takes a share of AWS RAM, which is not made here. */
function readerProblems({ lakeFormation }: Configuration, { account, region }: Place): readonly string[] {
  return (lakeFormation?.readers ?? []).flatMap((reader) => {
    const [, partition, , , owner] = reader.split(':');
    if (partition === partitionOf(region) && (owner === '' || owner === account)) return [];
    return [
      `config.ts: lakeFormation.readers names "${reader}"; readers must belong to the account ${account} in ${region}, and what others may read is shared with their account in Lake Formation`,
    ];
  });
}

function nameProblems(name: string, account: string, region: string): readonly string[] {
  const longest = longestName(account, region);
  if (name === defaultName || name.length <= longest) return [];
  return [`config.ts: name "${name}" has ${name.length} characters; in ${region} it may have at most ${longest}`];
}

function notesOn(config: Configuration): readonly string[] {
  if (config.alarms !== 'none') return [];
  return ['Nobody hears when the monitor itself is unwell: alarms is "none". Put e-mail addresses there in config.ts.'];
}
