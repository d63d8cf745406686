// Measures the built page as a first visitor gets it, and says where it is over its budget: `npm run measure`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exit } from 'node:process';
import { findBrowser, missingBrowser } from './find-browser.mjs';
import { measureBytes } from './measure/bytes.mjs';
import { measureLighthouse } from './measure/lighthouse.mjs';
import { measurePaint } from './measure/paint.mjs';
import { ensureBuild } from './serve.mjs';
import { root } from './start-install.mjs';
import { serveFolder } from './static-server.mjs';

/**
 * @typedef {object} Figure
 * @property {string} name what was measured
 * @property {string} measured with its unit
 * @property {string} budget with its unit; empty for what has none
 * @property {boolean} over whether it is over its budget
 */

const browser = findBrowser();
if (!browser) {
  console.error(missingBrowser);
  exit(1);
}
ensureBuild();
const folder = join(root, 'dist');
const site = await serveFolder(folder, { headers: readHeaders(folder), gzip: true });
try {
  /** @type {Figure[]} */
  const figures = [];
  for (const measure of [measureBytes, measurePaint, measureLighthouse]) {
    const found = await measure(browser, site);
    print(found);
    figures.push(...found);
  }
  const over = figures.filter((figure) => figure.over);
  console.log(over.length === 0 ? '\nAll within budget.' : `\nOver budget: ${over.map(({ name }) => name).join(', ')}`);
  process.exitCode = over.length === 0 ? 0 : 1;
} finally {
  await site.close();
}

/** @param {readonly Figure[]} figures */
function print(figures) {
  for (const { name, measured, budget, over } of figures) {
    const limit = budget === '' ? '' : `budget ${budget}${over ? '  OVER' : ''}`;
    console.log(`${name.padEnd(52)}${measured.padStart(14)}  ${limit}`.trimEnd());
  }
}

/**
 * Headers for all paths, from the file that hosts read.
 *
 * @param {string} from
 * @returns {Record<string, string>}
 */
function readHeaders(from) {
  const [all = ''] = readFileSync(join(from, '_headers'), 'utf8').split('\n\n');
  const lines = [...all.matchAll(/^ {2}([\w-]+): (.+)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
}
