import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';

/** A certificate for 127.0.0.1 that signs itself. */
export interface Certificate {
  readonly path: string;
  readonly keyPath: string;
  readonly text: string;
}

/** Makes a certificate for servers of this machine, with its key, in a folder; it is good for a day. */
export function createCertificate(folder: string): Certificate {
  const path = join(folder, 'certificate.pem');
  const keyPath = join(folder, 'key.pem');
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  runCommand('openssl', [...kind, ...names, '-keyout', keyPath, '-out', path]);
  return { path, keyPath, text: readFileSync(path, 'utf8') };
}
