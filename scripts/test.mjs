import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath, exit } from 'node:process';
import { findOrInstallBrowser, missingBrowser } from './find-browser.mjs';
import { installPackages, root } from './start-install.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const reports = mkdtempSync(join(tmpdir(), 'formulens-test-'));

try {
  installPackages();
  const browser = findOrInstallBrowser();
  if (browser) env['CHROME_PATH'] = browser;
  else console.error(missingBrowser);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  exit(1);
}

/** Both mostly wait for one thread each, so they run side by side; what they say is told one after the other. */
const checks = await Promise.all([timed('types', () => command('check')), timed('lint', () => command('lint'))]);
const results = [...checks];
for (const project of ['node', 'browser', 'e2e']) {
  console.log(`\n== ${project}`);
  results.push(await timed(project, () => vitest(project)));
}
rmSync(reports, { recursive: true, force: true });

/** @param {keyof Counts} what */
const sum = (what) => results.reduce((total, result) => total + result[what], 0);
const skipped = sum('skipped');

console.log(
  `\n${'stage'.padEnd(10)}${['passed', 'failed', 'skipped', 'seconds'].map((word) => word.padStart(9)).join('')}`,
);
for (const { name, seconds, ...counts } of results) {
  const cells = [counts.passed, counts.failed, counts.skipped, seconds.toFixed(1)];
  console.log(name.padEnd(10) + cells.map((cell) => String(cell).padStart(9)).join(''));
}
process.exitCode = sum('failed') > 0 ? 1 : 0;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);

/**
 * A stage with the time it took.
 *
 * @param {string} name
 * @param {() => Counts | Promise<Counts>} run
 * @returns {Promise<Counts & { name: string, seconds: number }>}
 */
async function timed(name, run) {
  const started = performance.now();
  const counts = await run();
  return { name, seconds: (performance.now() - started) / 1000, ...counts };
}

/**
 * A script of package.json, counted as one test. What it says is printed when it has ended.
 *
 * @param {string} script
 * @returns {Promise<Counts>}
 */
function command(script) {
  const child = spawn('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ passed) => {
      console.log(`\n== ${script}\n${said}`);
      resolve({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
    };
    child.on('error', () => end(false));
    child.on('close', (status) => end(status === 0));
  });
}

/**
 * One project of vite.config.ts, counted by the runner's own report. A runner that ends badly without a failed test, or that
 * has run none, counts as one failure.
 *
 * @param {string} project
 * @returns {Counts}
 */
function vitest(project) {
  const report = join(reports, `${project}.json`);
  const words = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const { passed, failed, skipped } = readCounts(report);
  const silent = failed === 0 && (status !== 0 || passed === 0);
  if (silent)
    console.error(
      `The ${project} tests ended with status ${status}, ${passed} passed and none failed: counted as one failure.`,
    );
  return { passed, failed: failed + (silent ? 1 : 0), skipped };
}

/**
 * A file that fails without a failed test, as one that does not load, counts as one failure.
 *
 * @param {string} report
 * @returns {Counts}
 */
function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    const broken = testResults.filter(
      (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
        file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
