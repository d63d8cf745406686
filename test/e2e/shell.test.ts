import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { screenshot } from './support/screenshot.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('the built page', () => {
  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('opens at %i px, %s, without an error and without a foreign request', async (width, colorScheme) => {
    const { page, problems, close } = await openPage(browser, { width, colorScheme });
    await page.locator('h1').first().waitFor();
    expect(await page.title()).toContain('Formulens');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await screenshot(page, `start-${width}-${colorScheme}`);
    expect(problems).toEqual([]);
    await close();
  });

  it('is served with a policy that stops inline scripts and styles, and the helpers see it', async () => {
    const { page, problems, close } = await openPage(browser);
    await page.locator('h1').first().waitFor();
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true;';
      document.body.append(script);
      document.body.setAttribute('style', 'color: red');
    });
    await expect.poll(() => problems.filter((problem) => problem.startsWith('policy:')).length).toBe(2);
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
    await close();
  });

  it('answers worker scripts with the same headers as the page', async () => {
    const script = /src="([^"]+\.js)"/.exec(await (await fetch(inject('baseUrl'))).text())?.[1] ?? '';
    const response = await fetch(new URL(script, inject('baseUrl')));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });
});
