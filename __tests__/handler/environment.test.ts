import { functionNames, readEnvironment, variables } from '../../handler/environment';

const full = Object.fromEntries(Object.keys(variables).map((name) => [name, `value of ${name}`]));

describe('the environment of a function', () => {
  it.each(functionNames)('%s holds the variables that it reads, and no other', (functionName) => {
    const read = Object.entries(variables).filter(([, { functions }]) => functions.some((it) => it === functionName));

    expect(readEnvironment(functionName, { ...full, HOME: '/' })).toEqual(
      Object.fromEntries(read.map(([name]) => [name, `value of ${name}`])),
    );
  });

  it('needs the secret for telling Slack only, and quarantine for keeping events only', () => {
    expect(readEnvironment('persist', full)).not.toHaveProperty('SECRET_ID');
    expect(readEnvironment('notify', full)).not.toHaveProperty('QUARANTINE_PREFIX');
  });

  it('that is not complete is an error that names every variable that is missing or empty, and what it is for', () => {
    const { QUEUE_URL: _, ...incomplete } = full;

    expect(() => readEnvironment('persist', { ...incomplete, BUCKET: '' })).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_INCOMPLETE',
        message: expect.stringMatching(/^persist lacks .*BUCKET \(Name of the monitor's bucket\).*QUEUE_URL \(/),
      }),
    );
  });

  it('never prints a value', () => {
    expect(() => readEnvironment('notify', { ...full, BUCKET: '' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('value of') }),
    );
  });
});
