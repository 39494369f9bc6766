import { join } from 'node:path';
import { runCommand } from '../command';
import type { FunctionProps } from './process';

/** What Terraform says of a function, in its plans and states alike. */
interface FunctionAttributes {
  readonly function_name: string;
  readonly memory_size: number;
  readonly timeout: number;
  readonly image_config: { readonly command: readonly string[] } | readonly { readonly command: readonly string[] }[];
}

/**
 * What Lambda knows of a function that Terraform made or would make, but for its variables.
 * @throws Error when there is no such function.
 */
export function readFunction(attributes: object | undefined, taskRoot: string): Omit<FunctionProps, 'environment'> {
  if (attributes === undefined) throw new Error('The Terraform lacks one of the functions persist and notify');
  const { function_name, memory_size, timeout, image_config } = attributes as FunctionAttributes;
  const { command } = [image_config].flat()[0] ?? { command: [] };
  return { name: function_name, taskRoot, entry: command.join(' '), memoryMb: memory_size, timeoutSeconds: timeout };
}

/** Bundles the handler into a folder as the image holds it: one file that everybody may read, and nobody write. */
export function bundleInto(taskRoot: string): void {
  const cwd = join(__dirname, '../../../..');
  runCommand(process.execPath, ['scripts/bundle.mjs', join(taskRoot, 'index.js')], { cwd });
}
