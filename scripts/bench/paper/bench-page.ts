import { chromium, type Page } from 'playwright-core';
import { browserArgs, findBrowser, missingBrowser } from '../../find-browser.mjs';
import { ensureBuild, serve } from '../../serve.mjs';
import { paperPlan } from './plan.ts';
import { tabMemory } from './tab-memory.ts';
import { writeSet, type PaperSet } from './write-set.ts';

/** Memory that the whole tab may take: the goal this is built for. */
const MOST_BYTES = 2 * 2 ** 30;

const MINUTES = 60_000;

/**
 * The paper's setting in one tab of Chromium, by the page itself: drop the generated set and its activations, run, then load the page anew,
 * drop the same files and run with another quantile. Prints times and the largest memory of the tab.
 *
 * @param folder where the generated set is kept, as for the bench without a page
 */
export async function benchPage(say: (line: string) => void, folder: string): Promise<Record<string, number>> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error(missingBrowser);
  const set = await writeSet(paperPlan, folder, say);
  ensureBuild();
  const site = await serve(0);

  const browser = await chromium.launch({ executablePath, args: browserArgs });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, tabMemory(process.pid))), 250);
  try {
    const first = await run(await context.newPage(), site.url, set, 0.005, say);
    const firstMost = most;
    // The first page's process may still be there for a moment.
    await new Promise((resolve) => setTimeout(resolve, 5000));
    most = 0;
    const second = await run(await context.newPage(), site.url, set, 0.004, say);
    const megabytes = firstMost / 2 ** 20;
    say(
      `Largest memory of the tab: ${megabytes.toFixed(0)} MB in the first run, ${(most / 2 ** 20).toFixed(0)} MB in the second; ` +
        `goal ${MOST_BYTES / 2 ** 20} MB ${Math.max(firstMost, most) <= MOST_BYTES ? 'met' : 'MISSED'}`,
    );
    return {
      'page.first_run_seconds': first,
      'page.second_run_seconds': second,
      'page.first_run_peak_mb': megabytes,
      'page.second_run_peak_mb': most / 2 ** 20,
    };
  } finally {
    clearInterval(watch);
    await browser.close();

    await site.close();
  }
}

/** Drops the files, runs, and waits until all units are explained and kept. @returns seconds from Run to the last unit */
async function run(
  page: Page,
  url: string,
  set: PaperSet,
  quantile: number,
  say: (line: string) => void,
): Promise<number> {
  await page.goto(`${url}#page=prepare`);
  const opening = performance.now();
  await page.locator('[data-pick=files]').setInputFiles([set.zip, set.npy]);
  await page.locator('button:enabled', { hasText: /^\s*Run\s*$/ }).waitFor({ timeout: 5 * MINUTES });
  say(`  files read after ${seconds(opening).toFixed(1)} s`);
  await page.getByLabel('Share above', { exact: true }).fill(String(quantile));
  await page.getByLabel('Formula length', { exact: true }).fill('10');
  await page.getByLabel('Formula length', { exact: true }).press('Enter');
  const started = performance.now();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .getByRole('cell')
    .first()
    .waitFor({ timeout: 20 * MINUTES });
  const first = seconds(started);
  await page
    .getByText(/^Saving|Keeping/)
    .first()
    .waitFor({ timeout: 20 * MINUTES })
    .catch(() => undefined);
  const all = seconds(started);
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 20 * MINUTES });
  say(
    `  quantile ${quantile}: first formulas after ${first.toFixed(1)} s, all after ${all.toFixed(1)} s, kept after ${seconds(started).toFixed(1)} s`,
  );
  await page.close();
  return all;
}

const seconds = (since: number): number => (performance.now() - since) / 1000;
