import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInBothThemes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
let context: BrowserContext;
/** Address of the explained sample's units, behind `#`. */
let layer = '';

/** What the page showed while the sample was explained. */
const seen = { provisional: 0, rows: 0 };

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page, problems } = await openPage(browser, { context });
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Scenes/ }) });
  await card.getByRole('button', { name: 'Compute it here' }).click();
  await page.getByRole('cell').first().waitFor({ timeout: 100_000 });
  while (await page.getByRole('button', { name: 'Cancel' }).isVisible()) {
    const provisional = await page.locator('.row.provisional').count();
    if (provisional > seen.provisional) await screenshot(page, 'layer-provisional');
    seen.provisional = Math.max(seen.provisional, provisional);
    seen.rows = Math.max(seen.rows, await page.getByRole('row').count());
    await page.waitForTimeout(50);
  }
  await page.getByText('128 of 128 shown').waitFor();
  layer = new URL(page.url()).hash;
  expect(problems).toEqual([]);
  await page.close();
}, 240_000);
afterAll(() => browser.close());

async function open(hash = layer): Promise<Page> {
  const { page } = await openPage(browser, { context, path: hash });
  await page.getByRole('row').nth(1).waitFor();
  return page;
}

const withKeys = (keys: Readonly<Record<string, string>>): string => {
  const route = new URLSearchParams(layer.slice(1));
  for (const [key, value] of Object.entries(keys)) route.set(key, value);
  return `#${route.toString()}`;
};
const status = (page: Page): Promise<string> => page.locator('.count').innerText();
const shownCount = async (page: Page): Promise<number> => Number(/^\d+/.exec(await status(page))?.[0]);
const columnTexts = (page: Page, column: string): Promise<string[]> =>
  page.locator(`[role=cell].${column}`).allInnerTexts();
const unitNumbers = async (page: Page): Promise<number[]> =>
  (await columnTexts(page, 'unit')).map((text) => Number(/\d+/.exec(text)?.[0]));

describe('while the sample is explained', () => {
  it('shows units from a part of the pictures, marked as provisional', () => {
    expect(seen.rows).toBeGreaterThan(1);
    expect(seen.provisional).toBeGreaterThan(0);
  });

  it('ends with the table that the kept results give', async () => {
    const page = await open();
    expect(await page.locator('.row.provisional').count()).toBe(0);
    expect(await status(page)).toContain('128 of 128 shown');
    await page.close();
  });
});

describe('sorting', () => {
  it('sorts by every column, either way, and says so', async () => {
    const columns = 'unit,picture,formula,iou,iou1,gain,length,categories,operators,area,firing,threshold,peak,state';
    const page = await open(withKeys({ columns, sort: 'unit', order: 'up' }));
    const numeric = ['unit', 'iou', 'iou1', 'gain', 'length', 'area', 'firing', 'threshold', 'peak'];
    for (const column of columns.split(',').filter((name) => name !== 'picture')) {
      const header = page.locator(`[role=columnheader].${column}`);
      for (let turn = 0; turn < 2; turn += 1) {
        await header.getByRole('button').click();
        const sorted = await header.getAttribute('aria-sort');
        expect(['ascending', 'descending']).toContain(sorted);
        if (!numeric.includes(column)) continue;
        const values = (await columnTexts(page, column))
          .map((text) => text.replace(/[^\d.e+-]/g, ''))
          .filter((text) => text !== '')
          .map(Number);
        const expected = [...values].sort((one, other) => (sorted === 'ascending' ? one - other : other - one));
        expect(values, `${column} ${sorted}`).toEqual(expected);
      }
    }
    expect(await page.getByRole('table', { name: 'Units' }).getAttribute('aria-rowcount')).toBe('129');
    await page.close();
  });
});

describe('filters', () => {
  it('combine, keep the counts right, and are removed one by one or all at once', async () => {
    const page = await open();
    await page.getByLabel('Category used in the formula').selectOption('scene');
    const byCategory = await shownCount(page);
    await page.getByLabel('Operator used in the formula').selectOption('or');
    const both = await shownCount(page);
    expect(byCategory).toBeLessThan(128);
    expect(both).toBeLessThanOrEqual(byCategory);
    expect(both).toBeGreaterThan(0);
    const filters = page.getByRole('list', { name: 'Filters' });
    expect(await filters.getByRole('button').count()).toBe(3);
    await filters.getByRole('button', { name: 'Remove the filter category: scene' }).click();
    const byOperator = await shownCount(page);
    expect(byOperator).toBeGreaterThanOrEqual(both);
    await filters.getByRole('button', { name: 'Clear all' }).click();
    expect(await status(page)).toContain('128 of 128 shown');
    expect(new URL(page.url()).hash).not.toMatch(/category=|operator=/);
    await page.close();
  });

  it('are set by the numbers and the concepts above the table', async () => {
    const page = await open();
    const explained = page.getByRole('list', { name: 'Units by state' }).getByRole('link', { name: /explained/ });
    const count = Number(/\d+/.exec(await explained.innerText())?.[0]);
    await explained.click();
    expect(await shownCount(page)).toBe(count);
    const concept = page.getByRole('list', { name: 'Concepts used most' }).getByRole('link').first();
    const users = Number(/\d+$/.exec((await concept.innerText()).trim())?.[0]);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await concept.click();
    expect(await shownCount(page)).toBe(users);
    await page.close();
  });

  it('find the units that use a concept, by its name', async () => {
    const page = await open();
    await page.keyboard.press('/');
    await page.keyboard.type('uses:wat');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Remove the filter uses: water/ }).waitFor();
    expect(page.url()).toMatch(/uses=\d+/);
    const formulas = await columnTexts(page, 'formula');
    expect(formulas.length).toBeGreaterThan(0);
    for (const formula of formulas) expect(formula).toContain('water');
    await page.close();
  });

  it('are set on the histogram by keyboard and by pointer', async () => {
    const page = await open();
    await page.keyboard.press('h');
    const low = page.getByRole('slider', { name: 'Lowest IoU shown' });
    expect(await low.evaluate((thumb) => thumb === document.activeElement)).toBe(true);
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
    expect(page.url()).toContain('from=');
    const byKeys = await shownCount(page);
    expect(byKeys).toBeLessThan(128);
    const from = Number(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('from'));
    for (const text of await columnTexts(page, 'iou'))
      expect(Number(/[\d.]+/.exec(text)?.[0])).toBeGreaterThanOrEqual(from - 0.0005);
    await page.getByRole('button', { name: 'Clear all' }).click();
    const brush = await page.locator('.brush').boundingBox();
    if (!brush) throw new Error('the histogram is not on the page');
    await page.mouse.move(brush.x + 60, brush.y + 40);
    await page.mouse.down();
    await page.mouse.move(brush.x + 160, brush.y + 40, { steps: 4 });
    await page.mouse.up();
    expect(page.url()).toMatch(/from=|to=/);
    expect(await shownCount(page)).toBeLessThan(128);
    await page.close();
  });
});

describe('columns', () => {
  it('are chosen, stand in the address, and are remembered', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Threshold' }).check();
    await page.getByRole('checkbox', { name: 'Categories' }).uncheck();
    expect(page.url()).toContain('threshold');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('columnheader', { name: 'Threshold' }).count()).toBe(1);
    await page.close();
    const later = await open();
    expect(await later.getByRole('columnheader', { name: 'Threshold' }).count()).toBe(1);
    expect(await later.getByRole('columnheader', { name: 'Categories' }).count()).toBe(0);
    await later.getByRole('button', { name: 'Columns' }).click();
    await later.getByRole('button', { name: 'The usual ones' }).click();
    expect(await later.getByRole('columnheader', { name: 'Categories' }).count()).toBe(1);
    await later.close();
  });
});

describe('the keyboard', () => {
  it('walks the rows, pins units beside the table, and opens one', async () => {
    const page = await open(withKeys({ sort: 'unit', order: 'up' }));
    for (const key of ['j', ' ', 'j', 'j', ' ']) await page.keyboard.press(key);
    const pinned = page.getByRole('region', { name: 'Pinned units' });
    expect(await pinned.getByRole('link').allInnerTexts()).toEqual(['Unit 0', 'Unit 2']);
    await page.keyboard.press(' ');
    expect(await pinned.getByRole('link').allInnerTexts()).toEqual(['Unit 0']);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Unit 2 / }).waitFor();
    await page.close();
  });

  it('jumps to a unit by its number', async () => {
    const page = await open();
    await page.keyboard.press('/');
    await page.keyboard.type('17');
    expect(await unitNumbers(page)).toEqual([17]);
    await page.close();
  });
});

describe('the histogram', () => {
  it('has its numbers as a table', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    const rows = await page.getByRole('region', { name: 'Units by IoU' }).locator('tbody tr').allInnerTexts();
    const counts = rows.map((row) => Number(row.trim().split(/\s+/)[2]));
    const explained = await page
      .getByRole('link', { name: /explained/ })
      .first()
      .innerText();
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Number(/\d+/.exec(explained)?.[0]));
    await page.close();
  });

  it('is saved as SVG, PNG and CSV, with how it was made', async () => {
    const page = await open();
    const saved = async (button: string): Promise<{ name: string; bytes: Buffer }> => {
      await page.locator('figure').first().getByRole('button', { name: 'Save' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
    };
    const svg = await saved('Figure as SVG');
    expect(svg.name).toMatch(/^iou-histogram_.*\.svg$/);
    const text = svg.bytes.toString('utf8');
    expect(text).toMatch(/<desc>[^<]*SHA-256 [0-9a-f]{12}/);
    expect(text).toContain('Formulens ');
    expect(text).not.toContain('var(');
    const png = await saved('Figure as PNG');
    expect([...png.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    const csv = await saved('Numbers as CSV');
    expect(csv.bytes.toString('utf8')).toContain('IoU from,IoU to,Units,Units shown');
    await page.close();
  });
});

describe('the page', () => {
  it('has nothing that axe finds, in either theme', async () => {
    const page = await open(withKeys({ category: 'scene', columns: 'unit,picture,formula,iou,gain,operators,state' }));
    await page.locator('figure svg').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Show as table' }).first().click();
    expect(await faultsInBothThemes(page, (theme) => screenshot(page, `layer-filtered-${theme}`))).toEqual([]);
    await page.close();
  });
});
