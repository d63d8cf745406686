import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findBrowser } from '../../scripts/find-browser.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'formulens-browser-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function program(name: string): string {
  const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

it('takes CHROME_PATH before all else', () => {
  program('chromium');
  const wanted = program('my-browser');
  vi.stubEnv('PATH', folder);
  vi.stubEnv('CHROME_PATH', wanted);
  expect(findBrowser()).toBe(wanted);
});

it('says when CHROME_PATH is no program', () => {
  vi.stubEnv('CHROME_PATH', join(folder, 'absent'));
  expect(() => findBrowser()).toThrow(
    `CHROME_PATH is ${join(folder, 'absent')}, which is not a program that can be run. Correct it, or unset it.`,
  );
});

it('looks on the PATH, Chromium first', () => {
  const chrome = program('google-chrome');
  vi.stubEnv('CHROME_PATH', '');
  vi.stubEnv('PATH', folder);
  expect(findBrowser()).toBe(chrome);
  const chromium = program('chromium');
  expect(findBrowser()).toBe(chromium);
});
