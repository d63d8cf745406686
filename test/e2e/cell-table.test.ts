import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInBothThemes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 30_000 };
/** Rows that are compared: those of the units explained best. */
const rows = [1, 2, 3, 4, 5];

let browser: Browser;
/** The table as it was saved, and what the page said of units before. */
let file: { name: string; mimeType: string; buffer: Buffer } = { name: '', mimeType: '', buffer: Buffer.of() };
let told: readonly string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  const { page, close } = await openPage(browser);
  await computeSomeScenes(page, 64);
  told = await toldBy(page);
  expect(told[0]).toMatch(/0\.\d/);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download', soon),
    page.getByRole('button', { name: 'Cell table (Parquet)' }).click(),
  ]);
  file = {
    name: download.suggestedFilename(),
    mimeType: 'application/octet-stream',
    buffer: await readFile(await download.path()),
  };
  await close();
}, 280_000);
afterAll(() => browser.close());

/** Units, formulas and IoUs of the first rows of the table. */
async function toldBy(page: Page): Promise<readonly string[]> {
  await page.getByText(/^128 of 128 shown/).waitFor(soon);
  const texts = await Promise.all(rows.map((row) => page.getByRole('row').nth(row).innerText()));
  return texts.map((text) => text.replaceAll(/\s+/g, ' '));
}

async function open(page: Page): Promise<void> {
  await page.locator('[data-pick=files]').first().setInputFiles(file);
  await page.getByText(/^[\d,]+ cells, /).waitFor(soon);
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', ...soon });
}

describe('a cell table', () => {
  it('is named after what it holds', () => {
    expect(file.name).toMatch(/^formulens_cells_scenes-[0-9a-f]{8}_layer4-relu_.*_samples-64_.*\.parquet$/);
  });

  it('opens in a browser that has nothing else, and gives the same formulas and IoUs, live settings and own formulas', async () => {
    const { page, problems, close } = await openPage(browser);
    await open(page);
    expect(await page.getByText(/^[\d,]+ cells, /).innerText()).toMatch(
      /^[\d,]+ cells, [\d,]+ concepts, 128 units, [\d,]+ positions, from 1 file\.$/,
    );
    expect(await page.getByRole('region', { name: 'Model' }).count()).toBe(0);
    expect(await page.getByLabel('Share above').count()).toBe(0);
    await page.getByText('Where it comes from').click();
    await page.getByText(/^Cells of 64 of \d+ samples of Drawn scenes .*layer4\/relu of scenes\.onnx/).waitFor();
    await run(page);
    expect(await page.getByRole('columnheader', { name: 'Picture' }).count()).toBe(0);
    expect(await toldBy(page)).toEqual(told);
    await page.getByRole('row').nth(1).click();
    await page.getByRole('heading', { level: 1, name: /^Unit \d+ fires / }).waitFor();
    await page.getByText('a cell table has counts only').waitFor();
    await page.getByText(/^IoU of the whole formula/).waitFor(soon);
    expect(await page.getByRole('slider', { name: 'Threshold' }).count()).toBe(0);
    const sentence = await page.getByRole('heading', { level: 1 }).innerText();
    await page.getByRole('slider', { name: 'Formula length' }).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText(), soon).not.toBe(sentence);
    await page.goBack();
    await page.reload();
    await page.getByText('128 of 128 shown').waitFor(soon);
    expect(await toldBy(page)).toEqual(told);
    await page.getByRole('row').nth(1).click();
    await page.getByText(/^IoU of the whole formula/).waitFor(soon);
    await page.keyboard.press('e');
    await page.keyboard.press('End');
    await page.keyboard.type(' OR red');
    await page.keyboard.press('Enter');
    await page.getByText(/^IoU 0\.\d{3}, 0\.\d{3} (less|more) than the explanation/).waitFor(soon);
    expect(problems).toEqual([]);
    await close();
  });

  it.each([1280, 390])('has nothing that axe finds, at %i pixels, in either theme', async (width) => {
    const { page, close } = await openPage(browser, { width });
    await open(page);
    const keep = (view: string) => (theme: string) => screenshot(page, `cell-table-${view}-${width}-${theme}`);
    expect(await faultsInBothThemes(page, keep('prepare'))).toEqual([]);
    await run(page);
    await page.getByRole('row').nth(1).click();
    await page.getByText(/^IoU of the whole formula/).waitFor(soon);
    // What is being explained again is paler until it is there.
    await page.locator('[data-tour=headline][aria-busy=false]').waitFor(soon);
    expect(await faultsInBothThemes(page, keep('unit'))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await close();
  });
});
