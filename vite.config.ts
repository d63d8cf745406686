import { svelte, type Options } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { browserArgs, findBrowser } from './scripts/find-browser.mjs';
import { pixelsInNode, realFile } from './test/browser/support/commands.ts';

/** Cross-origin isolation: without it a page gets no SharedArrayBuffer. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const policy = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'img-src': "'self' blob: data:",
  'style-src': "'self'",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

/** The development server puts styles into the page as elements and talks to it over a websocket. */
const developmentPolicy = { ...policy, 'connect-src': "'self' ws:", 'style-src': "'self' 'unsafe-inline'" };

/** Found by the development server only when a worker starts, and then the page would be loaded again. */
const usedInWorkers = [
  '@bufbuild/protobuf/wire',
  '@zip.js/zip.js',
  'comlink',
  'd3-dsv',
  'fast-png',
  'idb',
  'papaparse',
  'pure-rand/generator/xoroshiro128plus',
];

/** Modules with runes run in Node tests as they do in a page; the plugin's own choice there is server rendering, without effects. */
const runesInNode: NonNullable<Options['dynamicCompileOptions']> = () =>
  process.env['VITEST'] ? ({ generate: 'client' } as object) : undefined;

const nodeTests: TestProjectConfiguration = {
  extends: true,
  ssr: { resolve: { conditions: ['browser', 'module', 'development|production'] } },
  test: {
    name: 'node',
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/browser/**', 'test/e2e/**'],
    testTimeout: 30_000,
    server: { deps: { inline: [/\/svelte\//] } },
  },
};

const browserTests = (): TestProjectConfiguration => ({
  extends: true,
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { ...executable(), args: browserArgs } }),
      instances: [{ browser: 'chromium' }],
      commands: { realFile, pixelsInNode },
    },
  },
});

const endToEndTests: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'e2e',
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/support/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
};

export default defineConfig(({ mode }) => ({
  plugins: [svelte({ dynamicCompileOptions: runesInNode })],
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['onnxruntime-web'], include: usedInWorkers },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1024 },
  server: { headers: mode === 'test' ? isolation : { ...isolation, ...policyHeader(developmentPolicy) } },
  preview: { headers: { ...isolation, ...policyHeader(policy), 'X-Content-Type-Options': 'nosniff' } },
  test: mode === 'test' ? { projects: [nodeTests, browserTests(), endToEndTests] } : {},
}));

function policyHeader(directives: Readonly<Record<string, string>>): Record<string, string> {
  const value = Object.entries(directives).map(([name, sources]) => `${name} ${sources}`);
  return { 'Content-Security-Policy': value.join('; ') };
}

function executable(): { executablePath?: string } {
  const executablePath = findBrowser();
  return executablePath === undefined ? {} : { executablePath };
}
