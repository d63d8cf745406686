import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskHues } from '../../src/ui/image/paint-masks.ts';
import { faultsInBothThemes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
let context: BrowserContext;
/** Address of the explained sample's units, behind `#`. */
let layer = '';

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page, problems } = await openPage(browser, { context });
  await computeSomeScenes(page, 160);
  await page.waitForURL(/page=layer/);
  layer = new URL(page.url()).hash;
  expect(problems).toEqual([]);
  await page.close();
}, 240_000);
afterAll(() => browser.close());

/** Opens a view of the explained sample. */
async function open(change: string): Promise<{ page: Page; problems: readonly string[] }> {
  const path = layer.replace('page=layer', change);
  return openPage(browser, { context, path });
}

/** As expect.poll, with the patience that machines at work on other things ask for. */
const soon = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 });
const tiles = (page: Page) => page.locator('[data-item]');
const number = (text: string): number => Number(text.replaceAll(/\D/g, ''));
const counted = async (page: Page, list: string): Promise<number> => {
  const count = page.locator(`[data-count="${list}"]`);
  await soon(() => count.innerText()).not.toBe('');
  return number(await count.innerText());
};
const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-item'));

/** Pixels in the hues of a mask on the tiles in view, once all are drawn. What is black is the outline of both. */
async function drawn(page: Page, mask: 'unit' | 'formula' | 'both'): Promise<readonly number[]> {
  const canvases = page.locator('[data-item] canvas[data-drawn="true"]');
  await soon(async () => (await canvases.count()) > 0 && (await canvases.count()) === (await tiles(page).count())).toBe(
    true,
  );
  return canvases.evaluateAll(
    (all, { wanted, hues }) =>
      (all as HTMLCanvasElement[]).map((canvas) => {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
        let pixels = 0;
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] === 0) continue;
          const distances = hues.map(({ hue }) =>
            Math.hypot(...hue.map((value, channel) => value - data[at + channel])),
          );
          const { name } = hues[distances.indexOf(Math.min(...distances))];
          if (name === wanted || name === 'both') pixels += 1;
        }
        return pixels;
      }),
    {
      wanted: mask,
      hues: [...Object.entries(maskHues), ['both', [0, 0, 0]] as const].map(([name, hue]) => ({ name, hue })),
    },
  );
}

describe("a unit's pictures", () => {
  it('are those in which it fires, and say how many', async () => {
    const { page, problems } = await open('page=unit&unit=9');
    const count = await counted(page, 'firing');
    expect(count).toBeGreaterThan(0);
    const rows = Number(await page.getByRole('grid').getAttribute('aria-rowcount'));
    const columns = Number(await page.getByRole('grid').getAttribute('aria-colcount'));
    expect(rows).toBe(Math.ceil(count / columns));
    const positions = await drawn(page, 'unit');
    expect(positions.every((value) => value > 0)).toBe(true);
    await screenshot(page, 'pictures-unit-1280');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('show where the formula holds and the unit is silent, and the other way round', async () => {
    for (const [list, empty, full] of [
      ['formula-only', 'unit', 'formula'],
      ['unit-only', 'both', 'unit'],
    ] as const) {
      let seen = 0;
      for (const unit of [9, 3, 17, 40]) {
        const { page } = await open(`page=unit&unit=${unit}&list=${list}`);
        const count = await counted(page, list);
        if (count === 0) await page.locator('[data-empty]').waitFor();
        else {
          seen += 1;
          const without = await drawn(page, empty);
          const within = await drawn(page, full);
          expect({ unit, list, wrong: without.filter((value) => value > 0) }).toEqual({ unit, list, wrong: [] });
          expect({ unit, list, wrong: within.filter((value) => value === 0) }).toEqual({ unit, list, wrong: [] });
        }
        await page.close();
      }
      expect(seen).toBeGreaterThan(0);
    }
  });

  it('are walked through by keyboard, also beyond those in view', async () => {
    const { page } = await open('page=unit&unit=9');
    const count = await counted(page, 'firing');
    await tiles(page).first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('1');
    await page.keyboard.press('End');
    await soon(() => focused(page)).toBe(String(count - 1));
    await page.keyboard.press('Home');
    await soon(() => focused(page)).toBe('0');
    expect(page.url()).toContain('unit=9');
    await page.close();
  });

  it('are remembered as a heat map, with numbers on its legend', async () => {
    const { page } = await open('page=unit&unit=9');
    await counted(page, 'firing');
    await page.getByText('Heat map').click();
    await page.getByRole('img', { name: /^Activation from 0, dark, to .*; threshold / }).waitFor();
    await page.reload();
    await page.getByRole('img', { name: /^Activation from 0/ }).waitFor();
    await page.locator('.choice').getByText('Masks').click();
    await page.close();
  });
});

describe('a picture at full size', () => {
  it('opens by keyboard, reads positions, and gives the focus back', async () => {
    const { page, problems } = await open('page=unit&unit=9');
    await counted(page, 'firing');
    await tiles(page).first().focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(page.url()).toContain('sample=');
    await soon(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('application');
    expect(await dialog.locator('[data-panel]').count()).toBe(5);
    await soon(() => dialog.locator('[data-activation]').innerText()).toMatch(/above the threshold/);
    await soon(() => dialog.locator('[data-here]').innerText()).not.toBe('being read');
    const panel = dialog.getByRole('application');
    const place = await panel.getAttribute('aria-label');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await panel.getAttribute('aria-label')).not.toBe(place);
    expect(['true', 'false']).toContain(await dialog.locator('[data-holds]').getAttribute('data-holds'));
    const before = await dialog.getByRole('heading').first().innerText();
    await page.keyboard.press('n');
    await soon(() => dialog.getByRole('heading').first().innerText()).not.toBe(before);
    await page.keyboard.press('+');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await soon(() => focused(page)).toBe('1');
    expect(page.url()).toContain('page=unit');
    expect(page.url()).not.toContain('sample=');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is told the same by every panel: where the activation lies above the threshold, the mask is set', async () => {
    const { page } = await open('page=unit&unit=9');
    await counted(page, 'firing');
    await tiles(page).first().click();
    const dialog = page.getByRole('dialog');
    const caption = (panel: string): Promise<string> =>
      dialog.locator(`[data-panel="${panel}"] figcaption`).innerText();
    await soon(() => caption('Unit')).toMatch(/^Unit: [\d,]+ positions$/);
    await soon(() => caption('Unit and formula')).toMatch(/unit [\d,]+, formula [\d,]+, both [\d,]+$/);
    const own = /\d[\d,]*/.exec(await caption('Unit'))?.[0];
    expect(/unit (\d[\d,]*\d|\d)/.exec(await caption('Unit and formula'))?.[1]).toBe(own);
    expect(own).not.toBe('0');
    await page.close();
  });

  it('is saved as a PNG', async () => {
    const { page } = await open('page=unit&unit=9');
    await counted(page, 'firing');
    await tiles(page).first().click();
    await page.getByRole('dialog').locator('img').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save PNG' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^unit-9-sample-\d+\.png$/);
    const bytes = await readFile(await download.path());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    await page.close();
  });
});

describe("a concept's page", () => {
  it('lists every unit whose formula uses it, and its pictures', async () => {
    const { page, problems } = await open('page=concept');
    const row = page.locator('[data-row="0"]');
    await row.waitFor();
    const units = number(await row.locator('.units').innerText());
    const name = await row.getByRole('link').innerText();
    await row.getByRole('link').click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(name).toContain(await page.getByRole('heading', { level: 1 }).innerText());
    const list = page.locator('ol[data-users]');
    expect(Number(await list.getAttribute('data-users'))).toBe(units);
    expect(await list.getByRole('listitem').count()).toBe(Math.min(24, units));
    await soon(() => page.locator('[data-coverage]').innerText()).toMatch(/It covers .* of all positions/);
    const samples = await counted(page, 'concept');
    expect(await page.locator('[data-coverage]').innerText()).toContain(`in ${samples.toLocaleString('en')} of`);
    expect((await drawn(page, 'formula')).every((value) => value > 0)).toBe(true);
    await screenshot(page, 'concept-1280');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('leads to another concept by its name', async () => {
    const { page } = await open('page=concept&concept=0');
    const before = await page.getByRole('heading', { level: 1 }).innerText();
    await page.getByRole('combobox').click();
    await page.keyboard.type('sky');
    await page.getByRole('option', { name: /^sky/ }).first().click();
    await soon(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('sky');
    expect(before).not.toBe('');
    await page.close();
  });
});

describe('pictures and concepts', () => {
  it('have nothing that axe finds, in either theme', async () => {
    const { page: first } = await open('page=unit&unit=9');
    await tiles(first).first().click();
    await first.waitForURL(/sample=\d/);
    const sample = /sample=\d+/.exec(first.url())?.[0] ?? '';
    await first.close();
    const readyWhen: Readonly<Record<string, (page: Page) => Locator>> = {
      'page=concept': (page) => page.locator('[data-row="0"]'),
      'page=concept&concept=1': (page) => page.locator('[data-coverage]', { hasText: /It covers .* of all positions/ }),
      [`page=unit&unit=9&${sample}`]: (page) => page.getByRole('dialog').locator('[data-here]'),
    };
    const views = Object.keys(readyWhen);
    for (const [view, ready] of Object.entries(readyWhen)) {
      const { page } = await open(view);
      await ready(page).waitFor();
      const keep = (theme: string) => screenshot(page, `pictures-${views.indexOf(view)}-${theme}`);
      expect((await faultsInBothThemes(page, keep)).map((line) => `${view}: ${line}`)).toEqual([]);
      await page.close();
    }
  });
});
