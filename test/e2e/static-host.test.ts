import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { siteHeaders } from '../../src/offline/headers.ts';
import { openBrowser } from './support/browser.ts';
import { openPage } from './support/page.ts';
import { computeSomeScenes } from './support/sample.ts';
import { builtFolder, filesOf, serveDeep, waitUntilKept, type StaticSite } from './support/static-site.ts';

let browser: Browser;
let site: StaticSite;
beforeAll(async () => {
  browser = await openBrowser();
  site = await serveDeep();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

describe('a host without headers, far below its root', () => {
  let context: BrowserContext;
  let page: Page;
  let problems: readonly string[];
  let loads = 0;

  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.on('page', (opened) => {
      opened.on('domcontentloaded', () => {
        loads += 1;
      });
    });
    ({ page, problems } = await openPage(browser, { context, base: site.url }));
    await waitUntilKept(page);
    await page.locator('h1').first().waitFor();
  });
  afterAll(() => context.close());

  it('has the page isolated after loading itself again once, and no more', async () => {
    expect(loads).toBe(2);
    await page.reload();
    await waitUntilKept(page);
    await page.locator('h1').first().waitFor();
    expect(loads).toBe(3);
    expect(problems).toEqual([]);
  });

  it('has every answer stamped: page, scripts, workers, WebAssembly, samples', async () => {
    const paths = ['', ...filesOf(builtFolder).filter((path) => path !== '_headers' && path !== 'sw.js')];
    expect(paths.some((path) => path.endsWith('.gz'))).toBe(true);
    const unstamped = await page.evaluate(
      async ([all, wanted]) => {
        const found: string[] = [];
        for (const path of all) {
          const { headers, status } = await fetch(path === '' ? './' : path, { cache: 'no-store' });
          const stamped = Object.entries(wanted).every(([name, value]) => headers.get(name) === value);
          if (status !== 200 || !stamped) found.push(`${path} ${status}`);
        }
        return found;
      },
      [paths, siteHeaders] as const,
    );
    expect(unstamped).toEqual([]);
  });

  it('has the policy in force: no other origin, no inline script', async () => {
    const other = await openPage(browser, { context, base: site.url });
    await waitUntilKept(other.page);
    const outcome = await other.page.evaluate(async (foreign) => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true;';
      document.body.append(script);
      const fetched = await fetch(foreign).then(
        () => 'fetched',
        () => 'refused',
      );
      return { fetched, ran: 'ran' in globalThis };
    }, inject('baseUrl'));
    expect(outcome).toEqual({ fetched: 'refused', ran: false });
    const refused = () => other.problems.filter((line) => line.startsWith('policy:')).map((line) => line.split(' ')[1]);
    await expect.poll(() => refused().sort()).toEqual(['connect-src', 'script-src-elem']);
    await other.page.close();
  });

  it('runs a sample', async () => {
    await computeSomeScenes(page);
    expect(await page.getByRole('row').count()).toBeGreaterThan(5);
    expect(problems).toEqual([]);
  });
});

describe('the built folder', () => {
  it('has no file above 25 MiB', () => {
    const files = filesOf(builtFolder);
    expect(files.length).toBeGreaterThan(15);
    expect(files.filter((path) => statSync(join(builtFolder, path)).size > 25 * 2 ** 20)).toEqual([]);
  });

  it('has the headers for hosts that read them, the same as the preview sends', async () => {
    const text = readFileSync(join(builtFolder, '_headers'), 'utf8');
    const { headers } = await fetch(inject('baseUrl'));
    const sent = Object.keys(siteHeaders).map((name) => `  ${name}: ${headers.get(name)}`);
    expect(text.split('\n').slice(0, sent.length + 1)).toEqual(['/*', ...sent]);
  });

  it('sends less than 300 kB, compressed, before a model is loaded', async () => {
    const context = await browser.newContext();
    const paths = new Set<string>();
    context.on('request', (request) => {
      if (request.serviceWorker() === null) paths.add(new URL(request.url()).pathname.slice(1) || 'index.html');
    });
    const { page } = await openPage(browser, { context });
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    const bytes = [...paths].map((path) => gzipSync(readFileSync(join(builtFolder, path))).length);
    expect([...paths].some((path) => path.endsWith('.css'))).toBe(true);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(300_000);
    await context.close();
  });

  it('can be installed', async () => {
    const context = await browser.newContext();
    const { page } = await openPage(browser, { context });
    await page.locator('h1').first().waitFor();
    const devtools = await context.newCDPSession(page);
    const manifest = await devtools.send('Page.getAppManifest');
    expect(manifest.errors).toEqual([]);
    expect(manifest.url).toBe(`${inject('baseUrl')}manifest.webmanifest`);
    // A context of a test has no profile to install into; that is all that may be in the way.
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
    const { icons } = JSON.parse(manifest.data ?? '{}') as { icons: { src: string }[] };
    for (const { src } of icons) expect((await fetch(new URL(src, manifest.url))).status).toBe(200);
    await context.close();
  });
});
