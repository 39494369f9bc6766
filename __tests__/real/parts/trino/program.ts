import { join } from 'node:path';
import { cached, javaProgram } from '../cache';
import { runCommand } from '../command';

/** The last release that runs under Java 17; Athena's engine version 3 is made of about as old ones. */
const version = '435';

/** The class path of the server, and the folder with its Hive plugin, from Maven Central. */
export function trinoProgram(): { readonly classPath: string; readonly plugins: string } {
  const pom = join(__dirname, 'pom.xml');
  const unpack = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack';
  const options = [`-Dartifact=io.trino:trino-hive:${version}:zip`, '-DoutputDirectory=plugins'];
  const unpacked = cached('trino-plugins', [unpack, ...options].join(' '), (folder) => {
    // In a folder of its own, because the goal leaves notes where it runs.
    runCommand('mvn', ['-B', '-q', unpack, ...options], { cwd: folder });
  });
  return {
    classPath: javaProgram('trino', { pom, source: join(__dirname, 'Launch.java') }),
    plugins: join(unpacked, 'plugins'),
  };
}
