import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 30_000 };
const tabs = {
  Length: 'How much do longer formulas explain?',
  Variety: 'How varied are the formulas?',
  Accuracy: 'Are the units we can explain the ones that work?',
  Classes: 'Which units make each class?',
} as const;

let browser: Browser;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
  ({ page, problems } = await openPage(browser));
  await page.getByRole('button', { name: 'Open Sentence pairs' }).click();
  await page.getByRole('table', { name: 'Units' }).waitFor(soon);
  await page.getByRole('link', { name: 'Analyses' }).click();
  await page.locator('[data-answer]').waitFor(soon);
});
afterAll(() => browser.close());

/** A text with ordinary spaces only. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

async function show(tab: keyof typeof tabs): Promise<string> {
  await page.getByRole('navigation', { name: 'Analyses' }).getByRole('link', { name: tab }).click();
  await page.getByRole('heading', { level: 1, name: tabs[tab] }).waitFor(soon);
  const answer = page.locator('[data-answer]');
  await answer.waitFor(soon);
  await page.locator('figure svg[role=img]').first().waitFor(soon);
  return plain(await answer.innerText());
}

describe('the analyses of the sample of sentence pairs', () => {
  it('each answer their question with numbers, a chart and its table', async () => {
    expect(await show('Length')).toMatch(/^With up to 5 concepts, the mean IoU is 0\.\d{3}/);
    expect(plain(await page.locator('[data-tests]').innerText())).toMatch(/Wilcoxon .*: W = .*, p = .*, n = \d+/);
    expect(await show('Variety')).toMatch(/^Of \d+ explained units, /);
    expect(await show('Accuracy')).toMatch(/Pearson r = −?\d\.\d{3}, p . .*, Spearman r = .*, over \d+ units\.$/);
    await page.getByText(/^On all samples the model is right \d+\s% of the time \([\d,]+ of [\d,]+/).waitFor(soon);
    expect(await show('Classes')).toMatch(/units have a weight that stands out for one of the 3 classes/);
    await page.getByRole('button', { name: 'Show as table' }).click();
    const table = page.getByRole('region', { name: 'Class weights that stand out' });
    expect(await table.getByRole('rowheader').allInnerTexts()).toContain('neutral');
    expect(problems).toEqual([]);
  });

  it('lead from a point to its unit, by keyboard, and back to the same view', async () => {
    await page.getByRole('heading', { level: 1 }).press('g');
    await page.keyboard.press('l');
    await page.getByRole('table', { name: 'Units' }).waitFor(soon);
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await show('Accuracy');
    const picker = page.getByRole('link', { name: 'Units in the chart; arrow keys go from one to the next' });
    await picker.focus();
    await page.keyboard.press('ArrowRight');
    const told = await page.getByRole('link', { name: /^Unit \d+: IoU .* Open the unit$/ }).getAttribute('aria-label');
    const unit = /^Unit (\d+)/.exec(told ?? '')?.[1];
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: new RegExp(`^Unit ${unit} `) }).waitFor(soon);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: tabs.Accuracy }).waitFor(soon);
    await page.getByRole('heading', { level: 1 }).press('Escape');
    await page.getByRole('table', { name: 'Units' }).waitFor(soon);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: tabs.Accuracy }).waitFor(soon);
    expect(problems).toEqual([]);
  });

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('fit %i pixels in the %s theme without a fault of accessibility', async (width, theme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const tab of Object.keys(tabs) as (keyof typeof tabs)[]) {
      await show(tab);
      await page.getByText('What this means').click();
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, tab).toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${tab}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      await screenshot(page, `analysis-${tab.toLowerCase()}-${width}`);
    }
    expect(problems).toEqual([]);
  });
});
