import { notificationColumns } from '../../handler/record/notification';
import { columns } from '../../handler/record/schema';
import released from './released-columns.json';

describe('the columns of monitor.notification', () => {
  it('have names that Glue and Athena take, and none twice', () => {
    const names = notificationColumns.map((column) => column.name);

    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(new Set([...names, 'dt']).size).toBe(names.length + 1);
  });
});

describe('the columns of monitor.state', () => {
  it('begin with the released ones, unchanged and in order: old files must stay readable', () => {
    const now = columns.slice(0, released.length).map(({ name, type, nullable }) => ({ name, type, nullable }));

    expect(now).toEqual(released);
  });

  it('are nullable where they came after the release: old files do not hold them', () => {
    const appended = columns.slice(released.length);

    expect(appended.filter((column) => !column.nullable)).toEqual([]);
  });

  it('have names that Glue, Firehose and Athena all take', () => {
    const names = columns.map((column) => column.name);

    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(new Set([...names, 'dt']).size).toBe(names.length + 1);
  });
});
