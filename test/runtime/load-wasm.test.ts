import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadWasm } from '../../src/runtime/load-wasm.ts';

const module = Uint8Array.from([
  0x00,
  0x61,
  0x73,
  0x6d,
  1,
  0,
  0,
  0,
  ...Array.from({ length: 5000 }, (_, at) => at % 7),
]);

function answer(body: Uint8Array<ArrayBuffer>, status = 200): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));
}
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('WebAssembly kept compressed', () => {
  const packed = new Uint8Array(gzipSync(module));

  it('is unpacked', async () => {
    answer(packed);
    expect(new Uint8Array(await loadWasm('file.gz'))).toEqual(module);
  });

  it('is taken as it is where the browser has unpacked it already', async () => {
    answer(module);
    expect(new Uint8Array(await loadWasm('file.gz'))).toEqual(module);
  });

  it('is refused where it is damaged or cut short', async () => {
    const damaged = packed.slice();
    damaged[packed.length - 6] = (damaged[packed.length - 6] ?? 0) ^ 1;
    answer(damaged);
    await expect(loadWasm('file.gz')).rejects.toThrow();
    answer(packed.slice(0, packed.length >> 1));
    await expect(loadWasm('file.gz')).rejects.toThrow();
  });

  it('is refused where the server has none', async () => {
    answer(new Uint8Array(), 404);
    await expect(loadWasm('file.gz')).rejects.toThrow('file.gz: the server answers 404');
  });
});
