import { svelte, type Options } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { browserArgs, findBrowser } from './scripts/find-browser.mjs';
import { compressedWasm } from './scripts/site/compressed-wasm.ts';
import { offlineSite } from './scripts/site/offline-site.ts';
import { developmentHeaders, isolation, siteHeaders } from './src/offline/headers.ts';
import { pixelsInNode, realFile } from './test/browser/support/commands.ts';

/** Found by the development server only when a worker starts or a chart is drawn, and then the page would be loaded again. */
const foundLate = [
  '@bufbuild/protobuf/wire',
  '@huggingface/tokenizers',
  '@observablehq/plot',
  '@zip.js/zip.js',
  'apache-arrow',
  'comlink',
  'd3-dsv',
  'fast-png',
  'hyparquet',
  'hyparquet-compressors',
  'hyparquet-writer',
  'idb',
  'jstat',
  'papaparse',
  'pure-rand/generator/xoroshiro128plus',
  'wink-pos-tagger',
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
  // Relative addresses: the built folder works under any path.
  base: './',
  plugins: [svelte({ dynamicCompileOptions: runesInNode }), compressedWasm(), offlineSite()],
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'] },
  worker: { format: 'es', plugins: () => [compressedWasm()] },
  optimizeDeps: { exclude: ['onnxruntime-web'], include: foundLate },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { headers: mode === 'test' ? isolation : developmentHeaders },
  preview: { headers: siteHeaders },
  test: mode === 'test' ? { projects: [nodeTests, browserTests(), endToEndTests] } : {},
}));

function executable(): { executablePath?: string } {
  const executablePath = findBrowser();
  return executablePath === undefined ? {} : { executablePath };
}
