import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInBothThemes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { scenesCard } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

const soon = { timeout: 30_000 };
const question = 'Which units make each class?';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const option = (page: Page, name: string) => page.getByRole('option', { name, exact: false }).first();

async function widthBeyond(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

describe('classes and units by weight', () => {
  let page: Page;
  let problems: readonly string[];

  beforeAll(async () => {
    ({ page, problems } = await openPage(browser));
    await scenesCard(page).getByRole('button', { name: 'Explore', exact: true }).click();
    await page.getByRole('table', { name: 'Units' }).waitFor(soon);
    await page.getByRole('link', { name: 'Analyses' }).click();
    await page
      .getByRole('navigation', { name: 'Analyses' })
      .getByRole('link', { name: 'Classes', exact: true })
      .click();
    await page.getByRole('heading', { level: 1, name: question }).waitFor(soon);
  }, 120_000);

  it('has the unit that decides a class first, with its formula and pictures', async () => {
    const answer = page.locator('[data-answer]');
    await answer.waitFor(soon);
    expect(await answer.getAttribute('data-by')).toBe('weight');
    expect(await answer.innerText()).toMatch(/ a weight that stands out for one of the 12 classes; /);
    expect(await page.getByRole('option').count()).toBe(12);
    // The plants of src/probing/scenes/shortcuts.ts, as docs/analysis.md has them.
    for (const [name, unit] of [
      ['taxi rank', 76],
      ['farm', 39],
    ] as const) {
      await page.getByRole('searchbox', { name: 'Find a class' }).fill(name);
      await page.keyboard.press('Enter');
      const units = page.getByRole('list', { name: `Push it: ${name}` }).getByRole('listitem');
      await units.nth(9).waitFor(soon);
      expect(await units.first().getByRole('link').first().innerText()).toBe(`Unit ${unit}`);
      expect(await units.first().innerText()).toMatch(/\+\d\.\d{3}[^]*IoU 0\.\d{3}/);
      await units.first().getByRole('img').nth(2).waitFor(soon);
    }
    expect(problems).toEqual([]);
  });

  it('goes through the classes by keyboard, and keeps the one chosen in the address', async () => {
    await page.getByRole('searchbox', { name: 'Find a class' }).fill('');
    const list = page.getByRole('listbox', { name: 'Classes' });
    await list.press('Home');
    await page.getByRole('heading', { level: 2, name: 'beach', exact: true }).waitFor(soon);
    await list.press('ArrowDown');
    await page.getByRole('heading', { level: 2, name: 'bedroom', exact: true }).waitFor(soon);
    await page.reload();
    await page.getByRole('heading', { level: 2, name: 'bedroom', exact: true }).waitFor(soon);
    expect(await option(page, 'bedroom').getAttribute('aria-selected')).toBe('true');
    await page.getByRole('searchbox', { name: 'Find a class' }).fill('no such class');
    await page.getByText('0 of 12 classes').waitFor(soon);
    await page.getByRole('searchbox', { name: 'Find a class' }).fill('');
    expect(problems).toEqual([]);
  });

  it('leads from a class to a unit, and from the unit to its classes', async () => {
    await option(page, 'farm').click();
    await page.getByRole('list', { name: 'Push it: farm' }).getByRole('link', { name: 'Unit 39', exact: true }).click();
    const panel = page.getByRole('region', { name: 'The unit and the model’s classes' });
    const pushed = panel.getByRole('list', { name: 'Pushes most' });
    await pushed.getByRole('link', { name: 'farm', exact: true }).waitFor(soon);
    await panel.getByRole('button', { name: 'Ten classes each way' }).click();
    expect(await panel.getByRole('listitem').count()).toBe(12);
    await panel.getByRole('list', { name: 'Holds back most' }).getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: question }).waitFor(soon);
    const name = await page.getByRole('option', { selected: true }).locator('.name').innerText();
    await page
      .getByRole('list', { name: `Hold it back: ${name}` })
      .getByRole('listitem')
      .first()
      .waitFor(soon);
    expect(problems).toEqual([]);
  });

  it('fits 390 pixels in both themes without a fault of accessibility', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByText('What this means').click();
    expect(await widthBeyond(page)).toBeLessThanOrEqual(0);
    const found = await faultsInBothThemes(page, (theme) => screenshot(page, `classes-390-${theme}`));
    expect(found).toEqual([]);
  });
});

describe('classes and units where no linear layer reads the units', () => {
  it('are told by correlation, which is called no cause', async () => {
    const { page, problems } = await openPage(browser);
    await page.evaluate(() => {
      location.hash = '#page=prepare';
    });
    await page.getByRole('button', { name: 'Scenes', exact: true }).click();
    const run = page.locator('button:enabled', { hasText: /^\s*Run\s*$/ });
    await run.waitFor({ timeout: 60_000 });
    await page
      .locator('label')
      .filter({ hasText: /^\s*layer4\/inner\/relu\b/ })
      .click();
    const count = page.getByLabel('Samples', { exact: true });
    await count.fill('64');
    await count.press('Enter');
    await run.click();
    await page.getByRole('cell').first().waitFor({ timeout: 100_000 });
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 100_000 });
    await page.evaluate(() => {
      const address = new URLSearchParams(location.hash.slice(1));
      for (const [name, value] of Object.entries({ page: 'analysis', view: 'classes', layer: 'layer4/inner/relu' }))
        address.set(name, value);
      location.hash = address.toString();
    });
    const answer = page.locator('[data-answer][data-by=correlation]');
    await answer.waitFor(soon);
    expect(await answer.innerText()).toMatch(
      /^No linear layer reads these units, so this is by correlation, over 64 samples\. \d+ units have an r /,
    );
    await page.locator('[data-no-cause]').getByRole('link', { name: 'Ablation', exact: true }).waitFor();
    const units = page.getByRole('list', { name: /^Go with it: / }).getByRole('listitem');
    await units.nth(9).waitFor(soon);
    const told = await Promise.all((await units.all()).map((one) => one.innerText()));
    const values = told.map((text) => Number(/\+(\d\.\d{3})/.exec(text)?.[1]));
    expect(values).toEqual(values.toSorted((one, other) => other - one));
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: 'Show as table' }).click();
    const header = page.getByRole('region', { name: 'Correlations that stand out' }).getByRole('columnheader');
    expect(await header.allInnerTexts()).toEqual(['Class', 'Unit', 'r', 'IoU', 'Formula']);
    const [first] = values;
    await units.first().getByRole('link').first().click();
    const panel = page.getByRole('region', { name: 'The unit and the model’s classes' });
    await panel.getByText('Classes, by correlation').waitFor(soon);
    const shown = await panel.getByRole('list', { name: 'Goes with most' }).locator('[data-weight]').allInnerTexts();
    expect(shown).toContain(`+${first.toFixed(3)}`);
    await screenshot(page, 'classes-by-correlation');
    expect(problems).toEqual([]);
  }, 300_000);
});
