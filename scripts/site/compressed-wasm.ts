import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const kept = fileURLToPath(new URL('../../node_modules/.cache/formulens/', import.meta.url));
const suffix = '.gz?url';

/**
 * `import url from 'package/file.wasm.gz?url'` gives the address of a package's WebAssembly, compressed with gzip, though the
 * package has it uncompressed only. In the build and in development alike; compressed once, and kept beside the packages.
 *
 * onnxruntime's larger file is 26.8 MB, and some hosts take no file above 25 MiB; compressed it also travels so from hosts that
 * do not compress. See docs/performance.md.
 */
export function compressedWasm(): Plugin {
  return {
    name: 'formulens:compressed-wasm',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(`.wasm${suffix}`)) return null;
      const found = await this.resolve(source.slice(0, -suffix.length), importer, { skipSelf: true });
      return found && `${compressed(found.id)}?url`;
    },
  };
}

/** Path of the compressed twin of a file, made where it is not there yet. */
function compressed(path: string): string {
  const bytes = readFileSync(path);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const folder = join(kept, hash);
  const target = join(folder, `${basename(path)}.gz`);
  if (!existsSync(target)) {
    mkdirSync(folder, { recursive: true });
    // Tests, development and build may come here at once: a half written file must never be seen.
    const half = `${target}.${pid}`;
    writeFileSync(half, gzipSync(bytes, { level: 9 }));
    renameSync(half, target);
  }
  return target;
}
