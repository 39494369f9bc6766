import { spawnSync } from 'node:child_process';

/** Makes all that is mounted read-only but for a new scratch folder, then becomes the command that follows. */
const script = `
scratch=$1; shift
while read -r _ _ _ _ point _; do mount -o remount,bind,ro "$point" || exit 1; done < /proc/self/mountinfo
mount -t tmpfs -o size=512m tmpfs "$scratch" || exit 1
exec "$@"
`;

/** A command in front of another: in a mount namespace of its own, it can write into the scratch folder alone. */
export function readOnlyRoot(scratch: string): readonly string[] {
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, 'sandbox', scratch];
}

/** Why this machine lets nobody make a read-only root; null where it does. */
export function sandboxProblem(scratch: string): string | null {
  const [command = '', ...args] = readOnlyRoot(scratch);
  const { status, error, stderr } = spawnSync(command, [...args, 'true'], { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim().split('\n').at(-1) ?? 'unshare failed');
}
