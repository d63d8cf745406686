import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = 'assembly/counting.ts';

/** Where the module made by {@link countingModule} is kept. */
export const modulePath = join(root, 'src/engine/activation/kernel/counting-wasm.ts');

/** No runtime: the kernel has no objects. No fast floating point of any kind: sums must be those of its twin. */
const options = ['--runtime', 'stub', '--noAssert', '--optimizeLevel', '3', '--shrinkLevel', '0', '--enable', 'simd'];

/** Compiles assembly/counting.ts. The same source and compiler give the same bytes. */
async function countingBytes(): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main([basename(source), '--outFile', 'counting.wasm', ...options], {
    readFile: (name) => readFile(join(root, 'assembly', basename(name)), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`${source} did not compile.\n${stderr.toString()}`, { cause: error });
  return binary;
}

/** The engine's module with the compiled kernel in it, so that workers, Node and tests have it without fetching. */
export async function countingModule(): Promise<string> {
  const bytes = await countingBytes();
  return [
    `/** ${source}, compiled: ${bytes.length} bytes as base64. Made by \`npm run kernel\`; not edited by hand. */`,
    'export const countingWasm =',
    `  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}
