import { createHash } from 'node:crypto';
import { defaultSettings, parseSettings } from '../../handler/settings';
import { monitoringOf, ref, resourceOf, resourcesOf } from './stacks';

describe('the secret', () => {
  it('is made empty: its value never passes through Terraform', () => {
    const stack = monitoringOf();

    expect(resourceOf(stack, 'aws_secretsmanager_secret', 'alert_secret')).toMatchObject({
      name: 'datalake-monitoring',
    });
    expect(resourcesOf(stack, 'aws_secretsmanager_secret_version')).toEqual({});
  });

  it('is not destroyed unless the configuration says so, and then at once', () => {
    const kept = resourceOf(monitoringOf(), 'aws_secretsmanager_secret', 'alert_secret');
    const deleted = resourceOf(monitoringOf({ onDestroy: 'delete' }), 'aws_secretsmanager_secret', 'alert_secret');

    expect(kept).toMatchObject({ recovery_window_in_days: 30, lifecycle: { prevent_destroy: true } });
    expect(deleted).toMatchObject({ recovery_window_in_days: 0, lifecycle: { prevent_destroy: false } });
  });
});

describe('the settings object', () => {
  const stack = monitoringOf({ alertOn: ['failed'], keepPayloads: true });
  const settings = resourceOf(stack, 'aws_s3_object', 'alert_settings');
  const content = String(settings['content']);

  it('holds what the functions read of config.ts', () => {
    expect(parseSettings(content)).toEqual({ ...defaultSettings, alertOn: ['failed'], keepPayloads: true });
  });

  it('is named by its content, so that functions never read half a change', () => {
    expect(settings['key']).toBe(`settings/${createHash('sha256').update(content).digest('hex')}.json`);
    expect(resourceOf(monitoringOf(), 'aws_s3_object', 'alert_settings')['key']).not.toBe(settings['key']);
  });

  it('stays until no function reads it', () => {
    expect(settings['lifecycle']).toEqual({ create_before_destroy: true });
  });

  it('is where the functions look', () => {
    expect(resourceOf(stack, 'aws_lambda_function', 'process_notify_function')).toMatchObject({
      environment: { variables: { SETTINGS_KEY: ref('aws_s3_object.alert_settings.key') } },
    });
  });
});
