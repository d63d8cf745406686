import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';

const soon = { timeout: 30_000 };

let browser: Browser;
let page: Page;
let problems: readonly string[];

async function openKinds(sample: string): Promise<void> {
  ({ page, problems } = await openPage(browser));
  await page.getByRole('button', { name: `Open ${sample}` }).click();
  await page.getByRole('table', { name: 'Units' }).waitFor(soon);
  await showKinds();
}

async function showKinds(): Promise<void> {
  await page.getByRole('link', { name: 'Analyses', exact: true }).click();
  await page.getByRole('navigation', { name: 'Analyses' }).getByRole('link', { name: 'Kinds', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: 'The units' }).waitFor(soon);
}

const plain = async (from: Locator): Promise<string> => (await from.innerText()).replaceAll('\u00a0', ' ');
const rows = (): Locator => page.locator('li[data-kind]');

beforeAll(async () => {
  browser = await openBrowser();
  await openKinds('Scenes');
});
afterAll(() => browser.close());

describe('kinds of the units of the drawn scenes', () => {
  it('are suggested with shares, intervals and evidence', async () => {
    expect(await plain(page.locator('[data-answer]'))).toMatch(
      /^Judged by formulas of at most 3 concepts, of 128 explained units \d+ \(\d+ %\) .* These are suggestions; your own labels win\.$/,
    );
    await page.getByRole('button', { name: 'Show as table' }).click();
    const table = page.getByRole('region', { name: 'Suggested kinds of units' });
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      ...['Kind', 'Units', 'Share', 'Interval from', 'Interval to'],
    ]);
    await page.getByRole('combobox', { name: 'Kind', exact: true }).selectOption('polysemantic');
    const first = rows().first();
    await first.getByText('Evidence').click();
    expect(await plain(first)).toMatch(/Similarity in WordNet's tree: .+: 0\.\d{3}/);
    expect(
      await rows().evaluateAll((all) => all.every((row) => row.getAttribute('data-kind') === 'polysemantic')),
    ).toBe(true);
    expect(problems).toEqual([]);
  });

  it("give way to one's own label, which can be taken back and is there on the next visit", async () => {
    await page.getByRole('combobox', { name: 'Kind', exact: true }).selectOption('');
    const label = page.getByRole('combobox', { name: 'Your label of unit 1', exact: true });
    await label.selectOption('polysemantic');
    await page.getByRole('heading', { level: 2, name: 'What do you say?' }).waitFor(soon);
    expect(await plain(page.locator('[data-agreement]'))).toMatch(/^Label and suggestion agree on 0 of 1 unit: 0 %/);
    await page.getByRole('button', { name: 'Undo label' }).click();
    expect(await label.inputValue()).toBe('');
    await label.selectOption('lexical');
    await page.reload();
    await page.getByRole('heading', { level: 2, name: 'What do you say?' }).waitFor(soon);
    expect(await label.inputValue()).toBe('lexical');
    expect(problems).toEqual([]);
  });

  it('are labelled blind, by keys, with the agreement at the end', async () => {
    await page.getByLabel('Units', { exact: true }).fill('6');
    await page.getByLabel('Seed', { exact: true }).fill('7');
    await page.getByRole('button', { name: 'Label 6 random units' }).click();
    const round = page.locator('[data-round]');
    await round.waitFor(soon);
    expect(await rows().count()).toBe(0);
    expect(await page.locator('[data-answer]').count()).toBe(0);
    const heading = page.getByRole('heading', { level: 2, name: /^Which kind is unit \d+\?$/ });
    const first = await heading.innerText();
    await page.keyboard.press('1');
    expect(await heading.innerText()).not.toBe(first);
    await page.keyboard.press('Backspace');
    expect(await heading.innerText()).toBe(first);
    expect(await plain(round)).toContain('0 of 6 labelled, random with seed 7.');
    await page.keyboard.press('Escape');
    await round.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Label 6 random units' }).waitFor({ state: 'detached' });
    await page.getByLabel('Units', { exact: true }).fill('6');
    await page.getByLabel('Seed', { exact: true }).fill('7');
    await page.getByRole('button', { name: 'Label 6 random units' }).click();
    expect(await heading.innerText()).toBe(first);
    for (const key of ['1', '2', '3', '4', '5', '0']) await page.keyboard.press(key);
    const result = page.locator('[data-round-result]');
    await result.waitFor(soon);
    expect(await plain(result.locator('[data-agreement]'))).toMatch(
      /^Label and suggestion agree on \d of 5 units: \d+ % \(95 % interval .*\), .*kappa.* 1 unit could not be told\.$/,
    );
    await result.getByRole('button', { name: 'Close' }).click();
    expect(problems).toEqual([]);
  });

  it('are saved and read again', async () => {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const file = await readFile(await (await saving).path(), 'utf8');
    const lines = file.trim().split('\n');
    expect(lines).toHaveLength(129);
    const labelled = lines.slice(1).filter((line) => line.split(',')[1] !== '');
    expect(labelled.length).toBeGreaterThanOrEqual(6);
    const given = 'unit,label\n0,unsure\n2,perceptual\n';
    const choose = page.getByLabel('File of labels', { exact: true });
    await choose.setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(given) });
    const label = page.getByRole('combobox', { name: 'Your label of unit 2', exact: true });
    await expect.poll(() => label.inputValue()).toBe('perceptual');
    const wrong = 'unit,label\n2,car\n';
    await choose.setInputFiles({ name: 'wrong.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong) });
    await page.getByText('wrong.csv, row 2: "car" is no label.').waitFor(soon);
    expect(await label.inputValue()).toBe('perceptual');
    expect(problems).toEqual([]);
  });

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('fit %i pixels in the %s theme without a fault of accessibility', async (width, theme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.getByText('What this means').click();
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    expect(await faults(page)).toEqual([]);
  });
});

describe('kinds of the units of the sentence pairs', () => {
  it('are told by words, for longer formulas too', async () => {
    await page.close();
    await openKinds('Sentence pairs');
    await page.getByRole('combobox', { name: 'Judged by', exact: true }).selectOption('longest');
    await expect
      .poll(() => plain(page.locator('[data-answer]')), soon)
      .toMatch(/^Judged by formulas of at most 5 concepts, of 199 explained units /);
    await page.getByRole('button', { name: /^Label \d+ random units$/ }).click();
    await page.locator('[data-round] [data-pair]').first().waitFor(soon);
    expect(problems).toEqual([]);
  });
});
