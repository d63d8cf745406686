import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeScenes } from './support/sample.ts';
import { screenshot } from './support/screenshot.ts';

const samples = join(import.meta.dirname, '../../public/samples');
const soon = { timeout: 20_000 };

let browser: Browser;
let context: BrowserContext;
/** Address of the explained sample's units, behind `#`. */
let layer = '';

beforeAll(async () => {
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = await openPage(browser, { context });
  await computeScenes(page);
  layer = new URL(page.url()).hash;
  await page.close();
}, 240_000);
afterAll(() => browser.close());

const at = (change: string): string => `${layer.replace('page=layer&', '')}&${change}`;
const hash = (page: Page): string => new URL(page.url()).hash;
const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).first().innerText();

describe('an address', () => {
  it('names model, probing set, layer and settings', () => {
    const route = new URLSearchParams(layer.slice(1));
    expect(route.get('model')).toMatch(/^[0-9a-f]{16}$/);
    expect(route.get('probing')).toMatch(/^[0-9a-f]{16}$/);
    expect([route.get('file'), route.get('set'), route.get('layer')]).toEqual([
      'scenes.onnx',
      'Drawn scenes',
      'layer4/relu',
    ]);
  });

  it.each([
    ['the units', 'page=layer&sort=unit&order=up&category=scene', 'Units of layer4/relu'],
    ['a unit', 'page=unit&unit=9', 'Unit 9 '],
    ['a unit with settings and a formula tried', 'page=unit&unit=9&try=length-5&formula=water+OR+sky', 'Unit 9 '],
    ['a concept', 'page=concept&concept=3', ''],
    ['the layers compared', 'page=compare', ''],
    ['what is prepared', 'page=prepare', 'Prepare'],
    ['help', 'page=help', ''],
  ])('of %s brings the view back after a reload, word for word', async (_, change, title) => {
    const { page, problems } = await openPage(browser, { context, path: at(change) });
    await page.locator('h1').first().waitFor();
    await expect.poll(() => heading(page), soon).toContain(title);
    const [address, before] = [hash(page), await heading(page)];
    await page.reload();
    await expect.poll(() => heading(page).catch(() => ''), soon).toBe(before);
    expect(hash(page)).toBe(address);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('of an open picture opens it again', async () => {
    const { page } = await openPage(browser, { context, path: at('page=unit&unit=9') });
    await page.locator('[data-item]').first().click();
    await page.getByRole('dialog').waitFor();
    const address = hash(page);
    expect(address).toMatch(/sample=\d/);
    await page.reload();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(hash(page)).not.toContain('sample=');
    await page.close();
  });

  it('leads back and forward through the views that were seen', async () => {
    const { page } = await openPage(browser, { context, path: layer });
    await page.getByRole('row').nth(1).click();
    await page.getByRole('heading', { level: 1, name: /^Unit \d+ / }).waitFor();
    const unit = await heading(page);
    await page.getByRole('link', { name: 'Help' }).click();
    await page.waitForURL(/page=help/);
    await page.getByRole('link', { name: 'Formulens, to the start' }).click();
    await page.getByRole('heading', { level: 1, name: /^See what each unit/ }).waitFor();
    await page.goBack();
    await page.goBack();
    await expect.poll(() => heading(page), soon).toBe(unit);
    await page.goBack();
    await page.getByRole('table', { name: 'Units' }).waitFor();
    await page.goForward();
    await expect.poll(() => heading(page), soon).toBe(unit);
    await page.close();
  });

  it('is copied by a button', async () => {
    const { page } = await openPage(browser, { context, path: at('page=unit&unit=9') });
    await page.getByRole('button', { name: 'Copy link' }).first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    await page.close();
  });

  it.each([
    'page=unit&unit=1e99&model=%E0%A4%A',
    'page=layer&model=zz&asked=length-0_units-9.1_%25',
    'page=%00&sort=__proto__',
  ])('that is nonsense breaks nothing: %s', async (nonsense) => {
    const { page, problems, close } = await openPage(browser, { path: `#${nonsense}` });
    await page.locator('h1').first().waitFor();
    expect(await page.getByText('A part of the page failed').count()).toBe(0);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('an address in a browser that has nothing of it', () => {
  it('says which files to open, by name and hash, tells a wrong one, and runs to the very view', async () => {
    const route = new URLSearchParams(layer.slice(1));
    const view = new URLSearchParams({ ...Object.fromEntries(route), page: 'unit', unit: '9', list: 'unit-only' });
    view.set('asked', `length-2_${route.get('asked')}`);
    const { page, problems, close } = await openPage(browser, { path: `#${view}` });
    await page.getByRole('heading', { level: 1, name: 'Unit 9 of layer4/relu is not in this browser yet' }).waitFor();
    const model = page.locator('[data-needed=model]');
    const probing = page.locator('[data-needed=probing]');
    expect(await model.innerText()).toContain(`scenes.onnx SHA-256 ${route.get('model')}`);
    expect(await probing.innerText()).toContain(`Drawn scenes SHA-256 ${route.get('probing')}`);
    const run = page.getByRole('button', { name: 'Run' });
    expect(await run.isDisabled()).toBe(true);
    await screenshot(page, 'missing-1280');
    await page.locator('[data-pick=files]').setInputFiles(join(samples, 'coco-mobilenet/model.onnx'));
    await model.getByText('model.onnx is open, but it is another model: its hash begins with').waitFor();
    expect(await run.isDisabled()).toBe(true);
    await page.locator('[data-pick=files]').setInputFiles(join(samples, 'scenes/model.onnx'));
    await model.getByText('Open, and the right one.').waitFor();
    await probing.getByRole('button', { name: 'From the sample Scenes' }).click();
    await probing.getByText('Open, and the right one.').waitFor({ timeout: 60_000 });
    await run.click();
    await page.getByRole('heading', { level: 1, name: /^Unit 9 fires / }).waitFor({ timeout: 100_000 });
    await expect.poll(() => hash(page), { timeout: 100_000 }).toContain('list=unit-only');
    expect(hash(page)).toContain('asked=length-2');
    expect(problems).toEqual([]);
    await close();
  });
});
