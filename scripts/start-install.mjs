import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { platform, versions } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Installs the packages of package-lock.json, unless they are there. Needs nothing installed itself.
 *
 * @throws Error, if Node is too old or npm fails
 */
export function installPackages() {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`This is Node ${versions.node}. Formulens needs Node 20.19 or newer: install it from nodejs.org.`);
  }
  if (isInstalled()) return;
  console.log('Installing packages: npm ci');
  const options = { cwd: root, shell: platform === 'win32' };
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    ...options,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (npm.status !== 0) throw new Error('npm ci failed; its message is above. Mend that, then run the command again.');
}

/** Whether node_modules holds the versions of package-lock.json; packages for other systems may be absent. */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    return found && existsSync(`${root}/${path}`) ? found.version === entry.version : entry.optional === true;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version: string, optional?: boolean }> | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(`${root}/${path}`, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
