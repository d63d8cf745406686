import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 60_000 };
const later = { timeout: 110_000 };
const held = 48;

let browser: Browser;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  browser = await openBrowser();
  ({ page, problems } = await openPage(browser));
  await page.getByRole('button', { name: 'Open Scenes', exact: true }).click();
  await page.getByRole('table', { name: 'Units' }).waitFor(soon);
});
afterAll(() => browser.close());

/** A text with ordinary spaces only. */
async function words(of: Locator): Promise<string> {
  return (await of.innerText()).replaceAll('\u00a0', ' ');
}

async function show(tab: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Analyses' }).getByRole('link', { name: tab, exact: true }).click();
}

const answer = (): Locator => page.locator('[data-answer]');

/** The answer to a choice, once it is one of so many units. */
async function answered(start: RegExp): Promise<string> {
  await answer().filter({ hasText: start }).waitFor(soon);
  return words(answer());
}

describe('switching units off', () => {
  it('asks for the files of the results, reads what is asked for, and can be ended', async () => {
    await page.getByRole('link', { name: 'Analyses', exact: true }).click();
    await show('Ablation');
    const needed = page.locator('[data-ablation-start] [data-needed]');
    await needed.first().waitFor(soon);
    expect(await needed.evaluateAll((files) => files.map((file) => file.getAttribute('data-state')))).toEqual([
      ...['absent', 'absent'],
    ]);
    await page.getByRole('button', { name: 'Open the files of the sample', exact: true }).click();
    const read = page.getByRole('button', { name: 'Read the activations', exact: true });
    await read.waitFor(soon);
    await page.getByText(/^960 samples hold 96 MB\.$/).waitFor(soon);
    const samples = page.getByLabel('Samples to hold');
    await samples.fill('0.5');
    await samples.press('Enter');
    await page.getByText('A whole number above 0, or nothing for as many as fit.', { exact: true }).waitFor(soon);
    expect(await read.isDisabled()).toBe(true);
    await samples.fill('960');
    await samples.press('Enter');
    await read.click();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await read.waitFor(soon);
    await samples.fill(String(held));
    await samples.press('Enter');
    await page.getByText(new RegExp(`^${held} samples hold 4\\.8 MB\\.$`)).waitFor(soon);
    await read.click();
    expect(await answered(/^With all units/)).toMatch(
      new RegExp(`^With all units the model is right on [\\d.]+ % \\(\\d+ of ${held}\\) of the samples\\.$`),
    );
    expect(problems).toEqual([]);
  });

  it('shows at once what a choice changes, and takes it back', async () => {
    const whole = await words(answer());
    await page.getByLabel('Find units').fill('76');
    await page.getByRole('checkbox', { name: 'Unit 76', exact: true }).check();
    await answered(/^Without 1 unit /);
    await page.getByRole('button', { name: /^All units$/ }).click();
    const all = await answered(/^Without 128 units /);
    expect(all).toMatch(
      /\d+ of 48 predictions change .* \d+ right answers become wrong, 0 wrong ones right \(McNemar p = /,
    );
    await page.locator('[data-changed] img').first().waitFor(soon);
    const changed = await page.locator('[data-changed]').first().innerText();
    expect(changed).toMatch(/became wrong/);
    await page.getByRole('button', { name: 'Show as table', exact: true }).first().click();
    const table = page.getByRole('region', { name: 'Accuracy by gold label, before and after', exact: true });
    expect(await table.getByRole('rowheader').allInnerTexts()).toContain('taxi rank');
    await page.getByLabel('Chosen units are').selectOption('formulas');
    await answered(/^With formulas in place of 128 units /);
    await page.getByLabel('Chosen units are').selectOption('off');
    await answered(/^Without 128 units /);
    for (const start of [/^With formulas/, /^Without 128/, /^Without 1 unit /]) {
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await answered(start);
    }
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    expect(await answered(/^With all units/)).toBe(whole);
    await page.getByLabel('Find units').fill('');
    expect(problems).toEqual([]);
  });

  it('tries each unit, prunes, and classifies from formulas alone', async () => {
    await page.getByRole('button', { name: 'Try each unit', exact: true }).click();
    await page.locator('[data-single]').waitFor(later);
    expect(await words(page.locator('[data-single]'))).toMatch(/accuracy (changes by|stays or grows)/);
    const list = page.getByRole('region', { name: 'Units to choose from', exact: true });
    await list.getByRole('button', { name: 'IoU', exact: true }).click();
    const ious = (await list.locator('tbody td:nth-child(3)').allInnerTexts()).map(Number);
    expect(ious).toEqual(ious.toSorted((a, b) => b - a));
    expect(ious[0]).toBeGreaterThan(ious.at(-1) ?? 1);
    expect(await list.locator('tbody td:nth-child(4)').first().innerText()).toMatch(/^[−+]?[\d.]+ points?$/);
    await page.getByRole('button', { name: 'Classify from formulas', exact: true }).click();
    await page.locator('[data-formulas]').waitFor(later);
    expect(await words(page.locator('[data-formulas]'))).toMatch(
      /^From formulas of at most \d+ concepts alone the model is right on [\d.]+ % of the samples; from its activations on [\d.]+ %, always saying /,
    );
    await page.getByRole('button', { name: 'Prune', exact: true }).click();
    await page.locator('[data-pruning]').waitFor(later);
    expect(await words(page.locator('[data-pruning]'))).toMatch(
      /^On the way from none to all of these units off, the model is right on [\d.]+ % .* in random orders on [\d.]+ % \([\d.]+ % to [\d.]+ %\)\. /,
    );
    expect(problems).toEqual([]);
  });

  it('stays open while another tab is shown, and fits narrow and dark pages', async () => {
    await show('Length');
    await page.getByRole('heading', { level: 1, name: 'How much do longer formulas explain?' }).waitFor(soon);
    await show('Ablation');
    await page.locator('[data-formulas]').waitFor(soon);
    await page.getByText('What this means', { exact: true }).click();
    for (const [width, theme] of [
      [1280, 'light'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.locator(`html[data-theme=${theme}]`).waitFor();
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, String(width)).toBeLessThanOrEqual(0);
      expect(await faults(page), String(width)).toEqual([]);
      await screenshot(page, `ablation-${width}`);
    }
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.locator('[data-ablation-start]').waitFor(soon);
    expect(problems).toEqual([]);
  });
});
