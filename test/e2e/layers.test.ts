import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 30_000 };
const question = 'What are the units made of?';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  ({ page, problems } = await openPage(browser, { context }));
  await computeSomeScenes(page, 48);
}, 400_000);
afterAll(() => browser.close());

const answer = (): Promise<string> => page.locator('[data-answer]').innerText(soon);
const flow = () => page.getByRole('group', { name: /^What .* is made of\. / });

/** The table of the drawing, a row of texts a link. */
async function links(): Promise<string[][]> {
  const show = page.getByRole('button', { name: 'Show as table' });
  if (await show.isVisible()) await show.click();
  const rows = page.getByRole('region', { name: /^What .* is made of$/ }).locator('tbody tr');
  return Promise.all((await rows.all()).map((row) => row.locator('th, td').allInnerTexts()));
}

describe('what units are made of', () => {
  it('is not told of a single layer, but how to come by a second', async () => {
    await page.getByRole('link', { name: 'Analyses' }).click();
    await page.getByRole('navigation', { name: 'Analyses' }).getByRole('link', { name: 'Layers', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: question }).waitFor(soon);
    const told = page.locator('[data-no-layers]');
    expect(await told.innerText()).toContain('Choose several layers under Layers on the Prepare page and run');
    await told.getByRole('link', { name: 'Prepare', exact: true }).click();
    await page
      .locator('label')
      .filter({ hasText: /^\s*layer4\/inner\/relu\b/ })
      .click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('table', { name: 'Units' }).waitFor({ timeout: 100_000 });
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 100_000 });
  });

  it('is told by correlation, by weight and by IoU of masks, with units that lead to their pages', async () => {
    await page.evaluate(() => {
      const address = new URLSearchParams(location.hash.slice(1));
      for (const [name, value] of [
        ['page', 'analysis'],
        ['view', 'layers'],
        ['layer', 'layer4/relu'],
        ['unit', '76'],
      ])
        address.set(name, value);
      location.hash = address.toString();
    });
    await page.getByRole('heading', { level: 2, name: 'Unit 76 of layer4/relu' }).waitFor(soon);
    expect(await answer()).toMatch(
      /^Of the units of layer4\/inner\/relu, unit 76 rises most with unit \d+ \(r \+0\.\d{3}\)/,
    );
    await page.getByRole('list', { name: 'Rise with it' }).getByRole('listitem').nth(9).waitFor(soon);
    await page.getByLabel('Told by').selectOption('IoU of masks');
    await page.getByRole('list', { name: 'Overlap it most' }).getByRole('listitem').nth(9).waitFor(soon);
    expect(await answer()).toMatch(/overlaps most with that of unit \d+ \(IoU 0\.\d{3}\)\. A mask takes nothing away/);
    await page.getByLabel('Told by').selectOption('Weight');
    const pushers = page.getByRole('list', { name: 'Push it' }).getByRole('listitem');
    await pushers.nth(9).waitFor(soon);
    // The weights are the model's, whatever the samples: the same as docs/contributions.md has.
    expect(await answer()).toBe(
      'Of the units of layer4/inner/relu, unit 76 is pushed most by unit 119 (weight +0.229) and is held back most by unit 127 (weight −0.114).',
    );
    await page.getByText('Weights of the Conv between the layers, added up over 9 positions.').waitFor(soon);
    await pushers.first().getByRole('link', { name: 'Unit 119', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Unit 119 / }).waitFor(soon);
    await page.goBack();
    await page.getByRole('heading', { level: 2, name: 'Unit 76 of layer4/relu' }).waitFor(soon);
    expect(problems).toEqual([]);
  });

  it('is asked about another unit by its number or a concept, and saved', async () => {
    const find = page.getByRole('searchbox', { name: 'Find a unit' });
    await find.fill('12');
    await find.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Unit 12 of layer4/relu' }).waitFor(soon);
    expect(page.url()).toContain('unit=12');
    await page.getByLabel('Told by').selectOption('Weight');
    await page.getByRole('list', { name: 'Push it' }).waitFor(soon);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    expect((await saving).suggestedFilename()).toMatch(/^contributions_weight_unit-12_scenes-e73eb023_.*\.csv$/);
  });

  it('is drawn from a class down through the layers, with a table and links by keyboard', async () => {
    await page
      .locator('label')
      .filter({ hasText: /^\s*From/ })
      .getByRole('combobox')
      .selectOption('taxi rank');
    await page.getByRole('group', { name: /^What taxi rank is made of\. / }).waitFor(soon);
    const three = await links();
    expect(three[0].slice(0, 2)).toEqual(['taxi rank', 'Class']);
    expect(three.filter(([, of]) => of === 'Class')).toHaveLength(3);
    expect(three.filter(([, of]) => of === 'layer4/relu')).toHaveLength(9);
    await page.getByLabel('Units of each').selectOption('5');
    await expect.poll(async () => (await links()).filter(([, of]) => of === 'layer4/relu').length, soon).toBe(25);
    const first = flow()
      .getByRole('link', { name: /^Unit \d+ of layer4\/relu: .* of taxi rank comes to it$/ })
      .first();
    await first.focus();
    const unit = /^Unit (\d+)/.exec((await first.getAttribute('aria-label')) ?? '')?.[1];
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: new RegExp(`^Unit ${unit} `) }).waitFor(soon);
    await page.getByRole('link', { name: /^What unit \d+ is made of: units of layer4\/inner\/relu$/ }).click();
    await page.getByRole('heading', { level: 2, name: `Unit ${unit} of layer4/relu` }).waitFor(soon);
    expect(problems).toEqual([]);
  });

  it('is saved as a drawing', async () => {
    await flow().waitFor(soon);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Figure as PNG' }).click();
    expect((await saving).suggestedFilename()).toMatch(/^contributions-.*-by-\w+\.png$/);
  });

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('fits %i pixels in the %s theme without a fault of accessibility', async (width, theme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await flow().waitFor(soon);
    await page.getByText('What this means').click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    await screenshot(page, `layers-${width}-${theme}`);
    expect(problems).toEqual([]);
  });
});
