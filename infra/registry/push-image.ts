import type { Installation } from '../config';
import { architecture, imageTag } from './image-tag';

/** What a command answered; `status` 0 is success, null means that it could not be started. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
}

/** Runs a command; `input` goes to it by standard input, and what it prints comes back instead of being shown. */
export type Run = (command: readonly string[], input?: string) => Answer;

interface Tools {
  /** Runs silently, for its answer. */
  readonly ask: Run;
  /** Runs before the eyes of the person who waits. */
  readonly show: Run;
  readonly say: (line: string) => void;
}

/**
 * Builds the image of this checkout and pushes it under its tag, unless it is there already.
 * @throws Error that says which tool or stack is missing, or which step failed.
 */
export function pushImage({ account, region, names }: Installation, { ask, show, say }: Tools): void {
  must(
    ask(['docker', 'buildx', 'version']),
    'Docker with buildx is needed to build the image: install it and start it',
  );
  must(ask(['aws', '--version']), 'The AWS CLI is needed to reach the registry: install it and sign in');
  const ecr = (...command: string[]) => ['aws', 'ecr', ...command, '--region', region];
  const ours = ['--registry-id', account];
  const repository = must(
    ask([
      ...ecr('describe-repositories', ...ours, '--repository-names', names.repository),
      ...['--query', 'repositories[0].repositoryUri', '--output', 'text'],
    ]),
    `No repository ${names.repository} in account ${account}, ${region}: deploy the stack registry first, and sign in`,
  );
  const tag = imageTag();
  const reference = `${repository}:${tag}`;
  const there = ask(
    ecr('describe-images', ...ours, '--repository-name', names.repository, '--image-ids', `imageTag=${tag}`),
  );
  if (there.status === 0) {
    say(`${reference} is there already; nothing to do`);
    return;
  }
  const registry = repository.replace(/\/.*$/, '');
  const password = must(ask(ecr('get-login-password')), 'The registry gave no password');
  must(ask(['docker', 'login', '--username', 'AWS', '--password-stdin', registry], password), `${registry} refused us`);
  say(`Building and pushing ${reference}`);
  must(show(buildCommand(reference)), 'The build or the push failed; docker says above why');
  say(`Pushed ${reference}`);
}

/**
 * One platform and no attestations: Lambda takes an image manifest, not an index of several. The base is asked for again,
 * so that a build has its patches of that day.
 */
export function buildCommand(reference: string): readonly string[] {
  const single = ['--platform', `linux/${architecture}`, '--provenance=false', '--sbom=false'];
  return ['docker', 'buildx', 'build', '--pull', ...single, '--tag', reference, '--push', '.'];
}

function must(answer: Answer, otherwise: string): string {
  if (answer.status === 0) return answer.stdout.trim();
  throw new Error(otherwise);
}
