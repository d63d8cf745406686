import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';
import { dropPaths, makeSmallSet } from './support/small-set.ts';

const soon = { timeout: 30_000 };
let browser: Browser;
const set = makeSmallSet();

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  set.remove();
  await browser.close();
});

const card = (page: Page) => page.getByRole('region', { name: 'Probing set' });
const row = (page: Page, name: string) => card(page).getByRole('row', { name: new RegExp(`^${name}`) });

/** Opens a page with the small set dropped on it. */
async function withSet(options: Parameters<typeof openPage>[1] = {}) {
  const opened = await openPage(browser, options);
  await opened.page.locator('h1').waitFor();
  await dropPaths(opened.page, [set.folder]);
  await card(opened.page).getByText('concepts probed').waitFor(soon);
  return opened;
}

describe('a dropped folder', () => {
  it('is recognised, and shown with its counts before anything is computed', async () => {
    const { page, problems, close } = await withSet();
    await card(page).getByText('Pictures with masks').waitFor();
    await card(page).getByText('12 samples').waitFor();
    expect(await row(page, 'object').innerText()).toMatch(/object\s+2\s/);
    expect(await row(page, 'part').innerText()).toMatch(/part\s+1\s/);
    expect(await row(page, 'color').innerText()).toMatch(/computed from the pixels\s+11\s+12$/);
    await expect
      .poll(() => card(page).getByRole('list', { name: 'Some of its pictures' }).getByRole('img').count(), soon)
      .toBe(6);
    await screenshot(page, 'probing-set');
    expect(await faults(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  it('is opened again by a switch, with less; the last category stays on', async () => {
    const { page, problems, close } = await withSet();
    await card(page).getByRole('switch', { name: 'color' }).click();
    await card(page).getByText('3 concepts probed').waitFor(soon);
    await card(page).getByRole('switch', { name: 'part' }).click();
    await card(page).getByText('2 concepts probed').waitFor(soon);
    expect(await card(page).getByRole('switch', { name: 'object' }).isDisabled()).toBe(true);
    await card(page).getByRole('switch', { name: 'train, 8' }).click();
    await card(page).getByText('4 samples').waitFor(soon);
    await card(page).getByRole('switch', { name: 'part' }).click();
    await card(page).getByText('3 concepts probed').waitFor(soon);
    expect(await card(page).getByRole('switch', { name: 'train, 8' }).isChecked()).toBe(false);
    expect(problems).toEqual([]);
    await close();
  });

  it('gives formulas with activations of the samples chosen, and nothing of a category left out', async () => {
    const { page, problems, close } = await withSet();
    await card(page).getByRole('switch', { name: 'color' }).click();
    await card(page).getByText('3 concepts probed').waitFor(soon);
    await card(page).getByRole('switch', { name: 'train, 8' }).click();
    await card(page).getByText('4 samples').waitFor(soon);
    await dropPaths(page, [set.someActivations]);
    await page.getByText('some.npy').waitFor(soon);
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await page.getByLabel('Share above').fill('0.25');
    await page.getByLabel('Share above').press('Enter');
    await page.getByLabel('Formula length').fill('1');
    await page.getByLabel('Formula length').press('Enter');
    await run.click();
    await page.getByText('3 of 3 shown').waitFor(soon);
    const formulas = await page.getByRole('row').allInnerTexts();
    expect(formulas.join(' ')).toContain('sky');
    expect(formulas.join(' ')).not.toMatch(/blue|green|red/);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('what is kept', () => {
  it('is listed by probing set and model, and freed after a question', async () => {
    const { page, problems, close } = await withSet();
    await dropPaths(page, [set.activations]);
    await page.getByText('activations.npy').first().waitFor(soon);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('3 of 3 shown').waitFor(soon);
    await page.getByText(/^Finished in/).waitFor(soon);
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.getByRole('heading', { level: 1, name: 'What is kept here' }).waitFor();
    const kept = page.getByRole('region', { name: 'small-set' });
    await kept.getByRole('rowheader', { name: 'activations.npy' }).first().waitFor(soon);
    await screenshot(page, 'storage');
    expect(await faults(page)).toEqual([]);
    await kept.getByRole('button', { name: 'Free activations.npy on small-set' }).click();
    const dialog = page.getByRole('dialog', { name: /activations\.npy on small-set/ });
    await dialog.getByText('It cannot be undone.').waitFor();
    expect(await faults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Free', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => kept.getByRole('button', { name: 'Free activations.npy' }).count(), soon).toBe(0);
    await kept.getByRole('button', { name: 'Free all of small-set' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Free', exact: true }).click();
    await kept.waitFor({ state: 'detached', ...soon });
    await page.goto(new URL('#page=start', page.url()).href);
    await page.getByRole('heading', { level: 1, name: /what each unit/ }).waitFor();
    expect(await page.getByRole('list', { name: 'Kept results' }).count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });

  it('has the folders that were dropped, to open and to forget', async () => {
    const { page, problems, close } = await withSet({ width: 390, height: 844 });
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Start' }).click();
    const known = page.getByRole('list', { name: 'Files and folders opened before' });
    await known.getByRole('button', { name: /^small-set/ }).waitFor(soon);
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await known.getByRole('button', { name: 'Forget small-set' }).click();
    await known.waitFor({ state: 'detached', ...soon });
    expect(problems).toEqual([]);
    await close();
  });
});

/** Lets the clock of a page run faster: steps of a run are worth keeping after fewer samples then. */
function hurryClock(times: number): void {
  const now = performance.now.bind(performance);
  performance.now = () => times * now();
}

/** Samples that are kept of unfinished runs, all together. */
async function samplesKept(): Promise<number> {
  const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('The database cannot be read.'));
    });
  const database = await settled(indexedDB.open('formulens'));
  const records: { done: number }[] = await settled(database.transaction('runs').objectStore('runs').getAll());
  database.close();
  return records.reduce((sum, { done }) => sum + done, 0);
}

describe('a run that was broken off', () => {
  it('stands on the start page, and goes on where it stopped', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(hurryClock, 10);
    const { page, problems } = await openPage(browser, { context });
    const first = await openPage(browser, { context });
    // By its own clock long enough on every machine for steps to be worth keeping; few units, so that the search is short.
    await first.page.goto(new URL('#page=prepare', first.page.url()).href);
    await first.page.getByRole('button', { name: 'COCO MobileNet', exact: true }).click();
    await first.page.locator('button:enabled', { hasText: /^\s*Run\s*$/ }).waitFor({ timeout: 60_000 });
    await first.page.getByLabel('Units', { exact: true }).fill('0-15');
    await first.page.getByLabel('Units', { exact: true }).press('Enter');
    await first.page.getByLabel('Samples', { exact: true }).fill('120');
    await first.page.getByLabel('Samples', { exact: true }).press('Enter');
    await first.page.getByRole('button', { name: 'Run', exact: true }).click();
    await first.page
      .getByText(/^Running the model: [1-9]\d/)
      .first()
      .waitFor({ timeout: 60_000 });
    const kept = new URL('#page=storage', first.page.url()).href;
    const runs = page.getByRole('list', { name: 'Unfinished runs' });
    // Another window's run is no broken-off one as long as it runs.
    await expect.poll(() => page.evaluate(samplesKept), { timeout: 60_000 }).toBeGreaterThan(0);
    await first.page.close();
    await expect
      .poll(
        async () => {
          await page.goto(kept);
          await page.reload();
          return runs.getByText(/^Unfinished: [1-9]/).count();
        },
        { timeout: 20_000, interval: 1000 },
      )
      .toBe(1);
    await screenshot(page, 'unfinished');
    await runs.getByRole('button', { name: /^Continue/ }).click();
    await page.getByText(/^It goes on where a run was broken off: [1-9]/).waitFor({ timeout: 60_000 });
    await page.getByText(/^Finished in/).waitFor({ timeout: 100_000 });
    await page.getByText('16 of 16 shown').waitFor();
    await page.goto(kept);
    await page.getByRole('heading', { level: 1, name: 'What is kept here' }).waitFor();
    await page.getByRole('region', { name: 'coco-mobilenet' }).waitFor(soon);
    expect(await runs.count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  });
});
