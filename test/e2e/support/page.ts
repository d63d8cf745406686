import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';

/** How a page is shown. */
export interface PageOptions {
  /** Width in CSS pixels; 1280 unless told. */
  readonly width?: number;
  /** Height in CSS pixels; 800 unless told. */
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** Path and query below the site's root; the start page unless told. */
  readonly path?: string;
  /** Address of another site than the built one served with its headers; ends with a slash. */
  readonly base?: string;
  /** An open context to share storage with, in place of a new one; size and scheme are then the context's. */
  readonly context?: BrowserContext;
}

/** A page of the built site, and what went wrong on it so far. */
export interface OpenPage {
  readonly page: Page;
  /**
   * Console errors, uncaught errors, violations of the content security policy, failed and foreign requests, a line each.
   * A good test ends with `expect(problems).toEqual([])`.
   */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Opens the built site in a context of its own, so that nothing kept by another test is there. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<OpenPage> {
  const { width = 1280, height = 800, colorScheme = 'light', reducedMotion = 'no-preference', path = '' } = options;
  const context =
    options.context ?? (await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion }));
  const page = await context.newPage();
  const base = options.base ?? inject('baseUrl');
  const problems: string[] = [];
  await collectProblems(page, base, problems);
  await page.goto(new URL(path, base).href);
  return { page, problems, close: () => (options.context ? page.close() : context.close()) };
}

async function collectProblems(page: Page, base: string, problems: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()} ${reason}`);
  });
  page.on('request', (request) => {
    const isLocal = request.url().startsWith(base) || /^(blob|data):/.test(request.url());
    if (!isLocal) problems.push(`foreign request: ${request.url()}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => problems.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        const report: unknown = Reflect.get(globalThis, 'reportViolation');
        if (typeof report === 'function') report(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
      },
    );
  });
}
