import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes, scenesCard } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 30_000 };
const samples = 960;

let browser: Browser;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
  ({ page, problems } = await openPage(browser));
  await scenesCard(page).getByRole('button', { name: 'Open Scenes' }).click();
  await showAccuracy(page);
});
afterAll(() => browser.close());

async function showAccuracy(on: Page): Promise<void> {
  await on.getByRole('table', { name: 'Units' }).waitFor(soon);
  await on.getByRole('link', { name: 'Analyses', exact: true }).click();
  await on.getByRole('navigation', { name: 'Analyses' }).getByRole('link', { name: 'Accuracy', exact: true }).click();
  await on.locator('[data-gold-classes]').waitFor(soon);
}

const right = (count: string): Promise<void> =>
  page.getByText(new RegExp(`^On all samples the model is right .* \\(${count};`)).waitFor(soon);

const panel = (): Locator => page.locator('[data-gold-classes]');

async function pick(label: string, name: string, text: string): Promise<void> {
  const input = panel().locator(`input[aria-label="${label}"]`);
  await input.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

describe('gold labels and classes of the sample of scenes', () => {
  it('are the scenes, which all stand for a class; the numbers are those of the command line', async () => {
    await right('955 of 960');
    const answer = (await page.locator('[data-answer]').innerText()).replaceAll('\u00a0', ' ');
    expect(answer).toContain('Pearson r = −0.091, p = 0.31, Spearman r = −0.109, p = 0.22, over 128 units.');
    expect(await panel().locator('[data-matches]').innerText()).toBe(
      '12 of 12 gold labels stand for a class: those of 960 of 960 labelled samples.',
    );
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    const table = page.getByRole('region', { name: 'Accuracy where a unit fires, against its IoU', exact: true });
    expect(await table.getByRole('columnheader').allInnerTexts()).toContain('95 % from');
    await page.getByRole('button', { name: 'Hide table' }).click();
  });

  it('change the numbers when a match is corrected, and back', async () => {
    await panel().getByLabel('Class of lake', { exact: true }).selectOption({ label: 'harbour' });
    await right('875 of 960');
    await panel().getByLabel('Class of lake', { exact: true }).selectOption({ label: 'none' });
    await page.getByText(/80 samples whose gold label stands for no class left out/).waitFor(soon);
    expect(await panel().getByRole('rowheader').first().innerText()).toBe('lake');
    await panel().getByRole('button', { name: 'Undo the choice for lake', exact: true }).click();
    await right('955 of 960');
    expect(problems).toEqual([]);
  });

  it('come from a file that is picked or dropped; a bad one says what is wrong', async () => {
    await pick('Labels file', 'short.txt', 'lake\nlake\n');
    const alert = panel().getByRole('alert');
    await alert.waitFor(soon);
    expect(await alert.innerText()).toContain('short.txt has 2 lines, and none begins with the name of a sample');
    await right('955 of 960');

    const text = `${Array.from({ length: samples }, () => 'lake').join('\n')}\n`;
    const dropped = await page.evaluateHandle((contents) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([contents], 'all-lakes.txt', { type: 'text/plain' }));
      return transfer;
    }, text);
    await panel().dispatchEvent('drop', { dataTransfer: dropped });
    await panel().getByText('all-lakes.txt: labels of 960 of 960 samples.').waitFor(soon);
    await right('\\d+ of 960');
    expect(await panel().getByRole('rowheader').allInnerTexts()).toEqual(['lake']);
    await panel().getByRole('button', { name: 'Use the probing set’s', exact: true }).click();
    await right('955 of 960');
  });

  it('take names out of a file, which leave labels without a class', async () => {
    const names = 'road,taxi rank,harbour,lake,beach,desert,farm,park,forest,mountain,kitchen,bedroom'.split(',');
    await pick('Names file', 'names.json', JSON.stringify(names));
    await panel()
      .getByText('11 of 12 gold labels stand for a class: those of 880 of 960 labelled samples.')
      .waitFor(soon);
    expect(await panel().getByRole('rowheader').first().innerText()).toBe('street');
    await panel().getByLabel('Class names', { exact: true }).selectOption({ label: 'as the model has them' });
    await right('955 of 960');
    expect(problems).toEqual([]);
  });

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('fit %i pixels in the %s theme without a fault of accessibility', async (width, theme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await panel().getByText('What files may hold').click();
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    await screenshot(page, `class-labels-${width}`);
  });
});

it('a run of pictures in the page has predictions', async () => {
  const other = await openPage(browser);
  await computeSomeScenes(other.page, 64);
  await showAccuracy(other.page);
  await other.page.getByText(/^On all samples the model is right .* \(\d+ of 64;/).waitFor(soon);
  expect(other.problems).toEqual([]);
  await other.close();
});
