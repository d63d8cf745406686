import { readFile } from 'node:fs/promises';
import { csvParse } from 'd3-dsv';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInBothThemes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { jointFiles, ownWordsModel, pairsTable, type PickedFile } from './support/pair-files.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 30_000 };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function pick(page: Page, ...files: readonly PickedFile[]): Promise<void> {
  await page
    .locator('[data-pick=files]')
    .first()
    .setInputFiles([...files]);
}

const runButton = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });

async function run(page: Page): Promise<void> {
  await page.locator('button:enabled', { hasText: /^\s*Run\s*$/ }).waitFor(soon);
  await runButton(page).click();
  await page.getByText(/^Finished in /).waitFor({ timeout: 60_000 });
}

/** Waits until nothing on a unit's page is paler for being on its way. */
async function settled(page: Page): Promise<void> {
  await page.locator('[data-tour=headline][aria-busy=false]').waitFor(soon);
  await page.locator('[data-pair] mark').first().waitFor(soon);
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
}

describe('a model of two sentences and a table of pairs', () => {
  it('are dropped together, run, and read as formulas over words with the pairs that prove them', async () => {
    const { page, problems, close } = await openPage(browser);
    await pick(page, pairsTable(), ownWordsModel());
    await page.getByText('in the model’s file').or(page.getByText("in the model's file")).first().waitFor(soon);
    await page.getByText('240 sentence pairs').waitFor(soon);
    expect(await page.getByLabel('Threshold', { exact: true }).inputValue()).toBe('0');
    expect(await page.getByLabel('Formula length', { exact: true }).inputValue()).toBe('5');
    expect(await page.getByLabel(/^Least active/).inputValue()).toBe('12');
    await run(page);
    await page.getByText(/^The model is right on \d+ of 239 pairs with a gold label/).waitFor(soon);
    for (const name of ['entailment', 'neutral', 'contradiction'])
      await page.getByRole('columnheader', { name: new RegExp(name.slice(0, 6)) }).waitFor(soon);
    await page.getByRole('row').nth(1).click();
    await settled(page);
    await page.getByRole('heading', { level: 1, name: /^Unit \d+ fires where the (premise|hypothesis)/ }).waitFor(soon);
    await page.getByText('Class weights', { exact: true }).waitFor(soon);
    const tile = page.locator('[data-pair]').first();
    await tile.getByText(/^gold/).or(tile.getByText('predicted')).first().waitFor(soon);
    expect(await page.getByRole('slider', { name: 'Opacity' }).count()).toBe(0);
    await page.goBack();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download', soon),
      page.getByRole('button', { name: 'Export result.csv' }).click(),
    ]);
    const table = csvParse(await readFile(await download.path(), 'utf8'));
    expect(table.columns).toEqual(expect.arrayContaining(['feature', 'iou', 'w_entail', 'w_neutral', 'w_contra']));
    expect(table).toHaveLength(10);
    await page.reload();
    await page.getByText(/^The model is right on \d+ of 239 pairs/).waitFor(soon);
    await page.getByRole('row').nth(1).click();
    await settled(page);
    expect(problems).toEqual([]);
    await close();
  });

  it.each([1280, 390])('have nothing that axe finds, at %i pixels, in either theme', async (width) => {
    const { page, close } = await openPage(browser, { width });
    const keep = (view: string) => (theme: string) => screenshot(page, `pairs-${view}-${width}-${theme}`);
    await pick(page, pairsTable(), ownWordsModel());
    await page.getByText('240 sentence pairs').waitFor(soon);
    expect(await faultsInBothThemes(page, keep('prepare'))).toEqual([]);
    await run(page);
    expect(await faultsInBothThemes(page, keep('layer'))).toEqual([]);
    await page.getByRole('row').nth(1).click();
    await settled(page);
    expect(await faultsInBothThemes(page, keep('unit'))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await close();
  });
});

describe('a model of one joint row', () => {
  it('asks for its tokenizer, refuses one that does not fit, and shows where tokens peak', async () => {
    const { page, problems, close } = await openPage(browser);
    const { model, tokenizer, larger } = jointFiles();
    await pick(page, pairsTable(), model);
    await page.getByText('240 sentence pairs').waitFor(soon);
    await page.getByText('None yet. Drop the model’s').waitFor(soon);
    expect(await runButton(page).isEnabled()).toBe(false);
    await page.locator('[data-pick=tokenizer]').setInputFiles(larger);
    await page
      .getByText(/larger|rows/)
      .first()
      .waitFor(soon);
    expect(await runButton(page).isEnabled()).toBe(false);
    await page.locator('[data-pick=tokenizer]').setInputFiles(tokenizer);
    await page.getByText('240 sentence pairs').waitFor(soon);
    await page
      .getByLabel(/^wide\b/)
      .or(page.getByText('wide', { exact: true }))
      .first()
      .click();
    await page.getByText('pooled', { exact: true }).first().waitFor(soon);
    await run(page);
    await page.getByRole('row').nth(1).click();
    await settled(page);
    await page.locator('[data-pair] .peak').first().waitFor(soon);
    await screenshot(page, 'pairs-joint-unit');
    expect(problems).toEqual([]);
    await close();
  });
});

describe('pairs that cannot be read', () => {
  it('are named, and what is open stays', async () => {
    const { page, close } = await openPage(browser);
    await pick(page, pairsTable(), ownWordsModel());
    await page.getByText('240 sentence pairs').waitFor(soon);
    const bad = { name: 'bad.tsv', mimeType: 'text/plain', buffer: Buffer.from('one\ttwo\nx\ty\n') };
    await pick(page, bad);
    await page
      .getByText(/bad\.tsv/)
      .first()
      .waitFor(soon);
    await expect.poll(() => runButton(page).isEnabled(), soon).toBe(true);
    expect(await page.getByText('240 sentence pairs').count()).toBe(1);
    await close();
  });
});

describe('the sample of generated pairs', () => {
  it('opens at once, says that it is generated, and shows a unit', async () => {
    const { page, problems, close } = await openPage(browser);
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Sentence pairs/ }) });
    await card.getByRole('button', { name: /^Explore/ }).click();
    await page.getByText('256 of 256 shown').waitFor({ timeout: 60_000 });
    await page
      .getByText(/generated by a program/)
      .first()
      .waitFor(soon);
    await screenshot(page, 'pairs-sample-layer');
    await page.getByRole('row').nth(1).click();
    await settled(page);
    await screenshot(page, 'pairs-sample-unit');
    await page.getByRole('slider', { name: 'Formula length' }).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText(), soon).not.toContain('competition');
    expect(problems).toEqual([]);
    await close();
  });
});
