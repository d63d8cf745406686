import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsInBothThemes } from './support/axe.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
let context: BrowserContext;
/** Address of the layer's units, behind `#`. */
let layer = '';

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { page } = await openPage(browser, { context });
  await computeSomeScenes(page, 240);
  layer = new URL(page.url()).hash;
  await page.close();
}, 240_000);
afterAll(() => browser.close());

/** Opens the first unit of the layer's table; `view` narrows the table. */
async function openUnit(view = ''): Promise<{ page: Page; problems: readonly string[]; iou: string }> {
  const { page, problems } = await openPage(browser, { context, path: `${layer}${view}` });
  const row = page.getByRole('row').nth(1);
  await row.waitFor();
  const iou = /0\.\d{3}/.exec(await row.innerText())?.[0] ?? '';
  await row.click();
  await page.getByRole('heading', { level: 1, name: /^Unit \d+ fires / }).waitFor();
  await page.getByText(/^IoU of the whole formula/).waitFor();
  return { page, problems, iou };
}

const sentence = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
const explained = (page: Page): Locator => page.locator('[data-formula=explained] .chip');
const length = (page: Page): Locator => page.getByRole('slider', { name: 'Formula length' });
const box = (page: Page): Locator => page.getByRole('combobox', { name: 'Formula of your own' });
const soon = { timeout: 20_000 };

describe('settings tried on a unit', () => {
  it('change its formula at once, and stand in the address', async () => {
    const { page, problems } = await openUnit();
    const before = await sentence(page);
    await length(page).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => explained(page).count(), soon).toBe(1);
    expect(await length(page).getAttribute('aria-valuetext')).toBe('1 concept');
    expect(await page.getByText(/^Explained again: length 1 \(results: 3\)\. IoU /).count()).toBe(1);
    for (let steps = 1; steps < 6; steps += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => explained(page).count(), soon).toBeGreaterThan(3);
    expect(page.url()).toContain('try=length-6');
    const tried = await sentence(page);
    await page.reload();
    await expect.poll(() => sentence(page), soon).toBe(tried);
    await page.getByRole('button', { name: 'As in the results' }).click();
    await expect.poll(() => sentence(page), soon).toBe(before);
    expect(page.url()).not.toContain('try=');
    await page.goBack();
    await expect.poll(() => sentence(page), soon).toBe(tried);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('leave out the concepts of a category that is switched off, in the formula and in the runners-up', async () => {
    const { page } = await openUnit('&category=color');
    const colors = page.locator('main .chip', { hasText: '(color)' });
    expect(await colors.count()).toBeGreaterThan(0);
    await page.getByRole('switch', { name: 'color' }).click();
    await expect.poll(() => colors.count(), soon).toBe(0);
    expect(await explained(page).count()).toBeGreaterThan(0);
    expect(page.url()).toContain('try=without-color');
    await page.close();
  });

  it('stay for the next unit', async () => {
    const { page } = await openUnit();
    await length(page).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => explained(page).count(), soon).toBe(1);
    const before = await sentence(page);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('j');
    await expect.poll(() => sentence(page), soon).not.toBe(before);
    await page.getByText(/^Explained again: length 1 /).waitFor();
    expect(await explained(page).count()).toBe(1);
    await page.close();
  });

  it('follow the threshold: fewer positions, a higher T', async () => {
    const { page } = await openUnit();
    const slider = page.getByRole('slider', { name: 'Threshold' });
    const reached = async (): Promise<number> =>
      Number(/T = ([\d.]+)/.exec((await slider.getAttribute('aria-valuetext')) ?? '')?.[1]);
    const before = await reached();
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(reached, soon).toBeGreaterThan(before);
    expect(await slider.getAttribute('aria-valuetext')).toContain('0.05 % of positions');
    await page.close();
  });
});

describe('a formula of one’s own', () => {
  it('has the IoU that the table shows for it, and is kept in the address', async () => {
    const { page, problems, iou } = await openUnit();
    await page.keyboard.press('e');
    const text = await box(page).inputValue();
    await box(page).fill('');
    await box(page).pressSequentially(text);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByText(`IoU ${iou}, the same as the explanation.`).waitFor();
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('formula')).toBe(text);
    await page.reload();
    await page.getByText(`IoU ${iou}, the same as the explanation.`).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is completed by keyboard', async () => {
    const { page } = await openUnit();
    await box(page).pressSequentially('(yel');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    const chosen = page.getByRole('option', { selected: true });
    expect(await box(page).getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('(yellow ');
    await page.keyboard.press('Control+z');
    expect(await box(page).inputValue()).toBe('(yel');
    await page.close();
  });

  it('is marked at the character that is wrong', async () => {
    const { page } = await openUnit();
    const before = await sentence(page);
    await box(page).fill('(yellow OR yelow) AND NOT blue');
    const mark = page.locator('main mark');
    expect(await mark.innerText()).toBe('yelow');
    const input = await box(page).boundingBox();
    const marked = await mark.boundingBox();
    if (!input || !marked) throw new Error('not drawn');
    const letters = await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('input[role=combobox]');
      const context = document.createElement('canvas').getContext('2d');
      if (!field || !context) return 0;
      const { fontSize, fontFamily } = getComputedStyle(field);
      context.font = `${fontSize} ${fontFamily}`;
      return context.measureText('(yellow OR ').width;
    });
    const padding = await box(page).evaluate((field) => Number.parseFloat(getComputedStyle(field).paddingLeft) + 1);
    expect(Math.abs(marked.x - input.x - padding - letters)).toBeLessThan(2);
    expect(await page.getByText('Character 12.').count()).toBe(1);
    expect(await box(page).getAttribute('aria-invalid')).toBe('true');
    const described = (await box(page).getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${described}"]`).innerText()).toContain('yelow');
    await page.keyboard.press('Enter');
    expect(page.url()).not.toContain('formula=');
    expect(await sentence(page)).toBe(before);
    await page.close();
  });

  it('can be a runner-up or the formula without a concept, and the explanation comes back', async () => {
    const { page } = await openUnit();
    const whole = await page.getByText(/^IoU of the whole formula/).innerText();
    await page.keyboard.press('1');
    await page.getByRole('button', { pressed: true }).waitFor();
    await page.getByText(/^IoU 0\.\d{3}, (0\.\d{3} less than|the same as) the explanation/).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByText(/^IoU of the whole formula/).innerText(), soon).toBe(whole);
    const without = page.getByRole('button', { name: /^Try the formula without / }).first();
    const iou = /0\.\d{3}/.exec(await without.innerText())?.[0];
    await without.click();
    await page.getByText(new RegExp(`^IoU ${iou}, `)).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByText(/^IoU of the whole formula/).innerText(), soon).toBe(whole);
    await page.close();
  });
});

describe('the unit’s page with a formula tried', () => {
  it('has nothing that axe finds, in either theme, and fits', async () => {
    const { page } = await openUnit();
    await box(page).fill('yellow OR car');
    await page.keyboard.press('Enter');
    await page.getByText(/^IoU 0\.\d{3}, .* the explanation/).waitFor();
    for (const width of [1280, 390, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      const found = await faultsInBothThemes(page, async (theme) => {
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), soon).toBe(width);
        await screenshot(page, `live-${width}-${theme}`);
      });
      expect(found).toEqual([]);
    }
    await page.close();
  });

  it('has its settings in a fold where the window is narrow', async () => {
    const { page } = await openUnit();
    await page.setViewportSize({ width: 390, height: 844 });
    const fold = page.locator('summary', { hasText: 'Try other settings' });
    await fold.waitFor();
    expect(await length(page).isVisible()).toBe(false);
    await fold.focus();
    await page.keyboard.press('Enter');
    expect(await length(page).isVisible()).toBe(true);
    await length(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toContain('try=length');
    await page.getByText('Explained again').waitFor();
    expect(await length(page).isVisible()).toBe(true);
    await page.close();
  });
});
