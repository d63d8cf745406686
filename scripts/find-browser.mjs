import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { argv, env, platform } from 'node:process';
import { pathToFileURL } from 'node:url';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Switches for a headless Chromium that may be root, has no network manners to keep, and does WebGPU without a GPU. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
];

export const missingBrowser =
  'No Chromium or Chrome was found. Install one, or set CHROME_PATH to the full path of its program, then run the command again.';

/**
 * Path of a Chromium or Chrome on this machine: `CHROME_PATH`, else the usual names on the PATH, else the usual places.
 *
 * @returns {string | undefined} undefined where there is none
 * @throws Error, if CHROME_PATH is set to something that cannot be run
 */
export function findBrowser() {
  const wanted = env['CHROME_PATH'];
  if (wanted) {
    if (isProgram(wanted)) return wanted;
    throw new Error(`CHROME_PATH is ${wanted}, which is not a program that can be run. Correct it, or unset it.`);
  }
  return [...onPath(), ...usualPlaces()].find(isProgram);
}

/**
 * As {@link findBrowser}; where there is none and this is Debian as root, installs the package `chromium`.
 *
 * @returns {string | undefined}
 */
export function findOrInstallBrowser() {
  return findBrowser() ?? (installOnDebian() ? findBrowser() : undefined);
}

function onPath() {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const suffix = platform === 'win32' ? '.exe' : '';
  return commands.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
}

function usualPlaces() {
  if (platform === 'darwin') {
    return ['/Applications', join(env['HOME'] ?? '', 'Applications')].flatMap((folder) => [
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
    ]);
  }
  if (platform === 'win32') {
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) =>
      folder
        ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Chromium/Application/chrome.exe')]
        : [],
    );
  }
  return ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'];
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function installOnDebian() {
  const isRoot = typeof process.getuid === 'function' && process.getuid() === 0;
  if (!isRoot || !existsSync('/etc/debian_version')) return false;
  console.log('No browser found: installing Debian’s chromium.');
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium');
}

/** @param {...string} args */
function apt(...args) {
  const environment = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    spawnSync('apt-get', ['-q', ...args], { stdio: ['ignore', 'inherit', 'inherit'], env: environment }).status === 0
  );
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const path = findOrInstallBrowser();
  console.log(path ?? missingBrowser);
  if (!path) process.exitCode = 1;
}
