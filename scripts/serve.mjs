import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { preview } from 'vite';
import { root } from './start-install.mjs';

const sources = [
  'src',
  'workers',
  'scripts/site',
  'public',
  'index.html',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
];
const built = join(root, 'dist/index.html');

/**
 * Builds the page, unless `dist` is newer than everything it is made of. In a process of its own: a build within the tests' would
 * take itself for a test, not for what is published.
 */
export function ensureBuild() {
  if (!isStale()) return;
  const started = new Date();
  const environment = { ...env, NODE_ENV: 'production', VITEST: '' };
  const { status } = spawnSync(execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The page could not be built; the reason is above.');
  utimesSync(built, started, started);
}

/**
 * Serves `dist` with the headers of vite.config.ts.
 *
 * @param {number} port the next free one is taken where it is in use; 0 for any
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} its address, with a slash at the end
 */
export async function serve(port) {
  const server = await preview({ root, logLevel: 'warn', preview: { port, host: 'localhost', open: false } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The server has no local address.');
  return { url, close: () => server.close() };
}

function isStale() {
  const made = changed(built);
  return made === 0 || sources.some((source) => newest(join(root, source)) > made);
}

/**
 * Latest change of a file, or of a folder and all in it; a deleted file changes its folder.
 *
 * @param {string} path
 * @returns {number} milliseconds, 0 where there is none
 */
function newest(path) {
  const entries = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(path) : [];
  return entries.reduce((latest, name) => Math.max(latest, newest(join(path, name))), changed(path));
}

/** @param {string} path */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
