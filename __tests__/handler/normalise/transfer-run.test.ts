import { transferRun, transferTask } from '../../../handler/normalise/transfer-run';

const server = 's-0a1b2c3d4e5f60718';
const connector = 'c-0f1e2d3c4b5a69788';

describe('what made a transfer', () => {
  it('is the connector, else the server', () => {
    expect(transferTask({ 'connector-id': connector, 'server-id': server }, [])).toEqual({
      kind: 'connector',
      name: connector,
    });
    expect(transferTask({ 'server-id': server }, [])).toEqual({ kind: 'server', name: server });
  });

  it.each([
    ['server', server],
    ['connector', connector],
  ])('is the %s among the resources where the detail names none', (kind, name) => {
    const resources = [`arn:aws:transfer:eu-west-1:111122223333:${kind}/${name}`];

    expect(transferTask({}, resources)).toEqual({ kind, name });
  });
});

describe('the run of a transfer', () => {
  it('is one per file of a session, so that a file that came through does not hide another that did not', () => {
    const session = { 'session-id': '8f21' };

    expect(transferRun({ ...session, 'file-path': '/raw/a.csv' })).toBe('8f21/raw/a.csv');
    expect(transferRun({ ...session, 'file-path': 'raw/b.csv' })).toBe('8f21/raw/b.csv');
    expect(transferRun(session)).toBe('8f21');
  });

  it('is one per file of a connector, and one for a message of AS2 with its receipt', () => {
    expect(transferRun({ 'transfer-id': 't-1', 'file-transfer-id': 'ft-1' })).toBe('ft-1');
    expect(transferRun({ 'transfer-id': 't-1', 'as2-message-id': '<1@partner>' })).toBe('<1@partner>');
    expect(transferRun({ 'move-id': 'm-1' })).toBe('m-1');
  });

  it('is unknown where no id is given', () => {
    expect(transferRun({ 'file-path': '/raw/a.csv' })).toBeNull();
  });
});
