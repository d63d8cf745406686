import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { serveFolder } from '../../../scripts/static-server.mjs';

/** The built folder; support/global-setup.ts has brought it up to date. */
export const builtFolder = fileURLToPath(new URL('../../../dist/', import.meta.url));

/** A running static host. */
export type StaticSite = Awaited<ReturnType<typeof serveFolder>>;

/** Serves the built folder as the plainest host does: no headers, far below the host's root. */
export function serveDeep(folder: string = builtFolder): Promise<StaticSite> {
  return serveFolder(folder, { base: '/some/deep/path/' });
}

/** Paths of all files of a folder, with forward slashes. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'))
    .sort();
}

/** Waits until the service worker has the page: it is isolated, and everything it needs is kept. */
export async function waitUntilKept(page: Page): Promise<void> {
  await page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null);
}
