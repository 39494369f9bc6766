import { readInstallation } from '../../../infra/config';
import { imageTag } from '../../../infra/registry/image-tag';
import { type Answer, buildCommand, pushImage } from '../../../infra/registry/push-image';

const installation = readInstallation({}, { ACCOUNT: '111122223333', REGION: 'eu-central-1' });
const repository = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/datalake-monitoring';
const reference = `${repository}:${imageTag()}`;

/** A machine on which each command answers as told; `absent` ones cannot be started, `failing` ones fail. */
function machine({ absent = '-', failing = '-' }: { absent?: string; failing?: string }) {
  const shown: string[] = [];
  const said: string[] = [];
  const inputs: (string | undefined)[] = [];
  const answer = (command: readonly string[], input?: string): Answer => {
    const line = command.join(' ');
    inputs.push(input);
    if (line.startsWith(absent)) return { status: null, stdout: '' };
    if (line.startsWith(failing)) return { status: 1, stdout: '' };
    if (line.includes('describe-repositories')) return { status: 0, stdout: `${repository}\n` };
    return { status: 0, stdout: line.includes('get-login-password') ? 'pass\n' : '' };
  };
  const show = (command: readonly string[]) => {
    shown.push(command.join(' '));
    return answer(command);
  };
  return { shown, said, inputs, tools: { ask: answer, show, say: (line: string) => void said.push(line) } };
}

describe('npm run image', () => {
  it('builds for one platform, without the attestations that Lambda refuses, and pushes', () => {
    const { shown, said, inputs, tools } = machine({ failing: 'aws ecr describe-images' });

    pushImage(installation, tools);

    expect(shown).toEqual([
      `docker buildx build --pull --platform linux/arm64 --provenance=false --sbom=false --tag ${reference} --push .`,
    ]);
    expect(said).toEqual([`Building and pushing ${reference}`, `Pushed ${reference}`]);
    expect(inputs).toContain('pass');
  });

  it('does nothing when the image of this code is there already', () => {
    const { shown, said, tools } = machine({});

    pushImage(installation, tools);

    expect(shown).toEqual([]);
    expect(said).toEqual([`${reference} is there already; nothing to do`]);
  });

  it.each([
    [{ absent: 'docker' }, 'Docker with buildx is needed'],
    [{ absent: 'aws' }, 'The AWS CLI is needed'],
    [{ failing: 'aws ecr describe-repositories' }, 'deploy the stack registry first'],
    [{ failing: 'aws ecr' }, 'No repository datalake-monitoring in account 111122223333, eu-central-1'],
  ])('says what is missing: %j', (broken, message) => {
    const { tools } = machine(broken);

    expect(() => pushImage(installation, tools)).toThrow(message);
  });

  it('says when the build fails', () => {
    const { tools } = machine({ failing: 'aws ecr describe-images' });
    const show = () => ({ status: 1, stdout: '' });

    expect(() => pushImage(installation, { ...tools, show })).toThrow('The build or the push failed');
  });

  it('builds what the functions ask for', () => {
    expect(buildCommand('x')).toContain('linux/arm64');
  });
});
