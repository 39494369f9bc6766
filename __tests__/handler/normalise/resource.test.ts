import { requireResource } from '../../../handler/normalise/resource';

const task = 'arn:aws:dms:eu-west-1:111122223333:task:orders-to-lake';

describe('the ARN of a service among the resources of an event', () => {
  it('is found beside others', () => {
    const resources = ['12816f196abc', 'arn:aws:s3:::raw-zone', task];

    expect(requireResource(resources, 'dms')).toEqual({
      partition: 'aws',
      service: 'dms',
      region: 'eu-west-1',
      account: '111122223333',
      resource: 'task:orders-to-lake',
      text: task,
    });
  });

  it.each([[[]], [['task:orders-to-lake']], [['arn:aws:s3:::raw-zone']]])('is missing in %j', (resources) => {
    expect(() => requireResource(resources, 'dms')).toThrow('resources hold no ARN of dms');
  });
});
