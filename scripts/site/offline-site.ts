import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { headersFile } from '../../src/offline/headers.ts';

const source = fileURLToPath(new URL('../../workers/service.worker.ts', import.meta.url));

/**
 * Adds to the built folder what a static host needs: `_headers` for hosts that read it, and `sw.js`, the service worker that
 * stamps the same headers where the host does not, and keeps the page for offline use.
 *
 * The worker is ours, not one of a library: every answer must go through it to be stamped, so a library's routes and strategies
 * would have nothing left to do but the list of files, which is short.
 */
export function offlineSite(): Plugin {
  return {
    name: 'formulens:offline-site',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (dir === undefined) return;
        const site = describeSite(dir);
        writeFileSync(join(dir, '_headers'), headersFile());
        await build({
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          define: { __SITE__: JSON.stringify(site) },
          build: {
            outDir: dir,
            emptyOutDir: false,
            target: 'es2023',
            rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        });
      },
    },
  };
}

/** What a built folder holds; see src/offline/site.d.ts. */
export function describeSite(folder: string): Site {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== 'sw.js' && path !== '_headers')
    .sort();
  const hashes = Object.fromEntries(files.map((path) => [path, hash(readFileSync(join(folder, path)))]));
  const shell = files.filter((path) => !isLater(path));
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  return {
    version: hash(headersFile() + JSON.stringify(hashes)),
    entry: /<script[^>]* src="(?:\.\/)?([^"]+)"/.exec(page)?.[1] ?? '',
    shell: shell.map((path) => (path === 'index.html' ? '' : path)),
    later: Object.fromEntries(files.filter(isLater).map((path) => [path, hashes[path] ?? ''])),
  };
}

/** Whether a file is not needed by every visit: onnxruntime, the system's icons, word vectors, lists of class names, samples but for their pictures on the first page. */
function isLater(path: string): boolean {
  if (['icons/', 'words/', 'classes/'].some((folder) => path.startsWith(folder))) return true;
  if (path.startsWith('samples/')) return !/\/preview\.\w+$/.test(path);
  return /^assets\/ort\b/.test(path);
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
