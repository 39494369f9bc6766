import { notify, persist } from '../../handler';
import { batchOf } from './process-events';

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

test.each([
  ['persist', persist, 'DELIVERY_STREAM'],
  ['notify', notify, 'SECRET_ID'],
])(
  '%s without its environment fails, so that its batch comes again, and names what is missing',
  async (name, call, variable) => {
    delete process.env[variable];

    const outcome = call(batchOf('no event'));

    await expect(outcome).rejects.toMatchObject({
      code: 'ENVIRONMENT_INCOMPLETE',
      message: expect.stringMatching(new RegExp(`^${name} lacks .*${variable} \\(`)),
    });
  },
);

test('it is asked for again by the next invocation', async () => {
  await expect(persist(batchOf())).rejects.toMatchObject({ code: 'ENVIRONMENT_INCOMPLETE' });
  await expect(persist(batchOf())).rejects.toMatchObject({ code: 'ENVIRONMENT_INCOMPLETE' });
});
