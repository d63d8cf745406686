import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { serveDeep, type StaticSite } from './support/static-site.ts';

let browser: Browser;
let site: StaticSite;
beforeAll(async () => {
  browser = await openBrowser();
  site = await serveDeep();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Runs the sample `scenes` with a few samples and units. @returns the rows of its table */
async function rowsOfShortRun(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: /^Scenes/ }).click();
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect.poll(() => run.isEnabled(), { timeout: 60_000 }).toBe(true);
  for (const [label, value] of [
    ['Samples', '64'],
    ['Units', '0-7'],
  ]) {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByLabel(label, { exact: true }).press('Enter');
  }
  await run.click();
  await page.getByRole('cell').first().waitFor({ timeout: 100_000 });
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 100_000 });
  return page.getByRole('row').allInnerTexts();
}

it('works where a page gets no shared memory, with the same results, and says so', async () => {
  const path = '#page=prepare';
  const isolated = await openPage(browser, { path });
  const expected = await rowsOfShortRun(isolated.page);
  await isolated.close();

  // Without the service worker nothing stamps the headers.
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1280, height: 800 } });
  const { page, problems } = await openPage(browser, { context, path, base: site.url });
  expect(await page.evaluate(() => [crossOriginIsolated, 'SharedArrayBuffer' in globalThis])).toEqual([false, false]);
  expect(await rowsOfShortRun(page)).toEqual(expected);
  expect(expected.length).toBeGreaterThan(8);
  expect(await page.getByText('no shared memory').count()).toBeGreaterThan(0);

  // What was kept comes back into ordinary memory.
  await page.reload();
  await page.getByRole('cell').first().waitFor();
  expect(await page.getByRole('row').allInnerTexts()).toEqual(expected);
  expect(problems).toEqual([]);
  await context.close();
}, 300_000);
