import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TreeFile } from '../../../src/probing/file-tree.ts';
import { readLines } from '../../../src/probing/pairs/read-lines.ts';
import { utf8 } from '../support/trees.ts';

/** A file whose stream comes in pieces of the given sizes, over and over. */
function inPieces(bytes: Uint8Array<ArrayBuffer>, sizes: readonly number[]): TreeFile {
  return {
    ...{ path: 'a.txt', size: bytes.length, stamp: '' },
    bytes: async () => bytes,
    stream: () => {
      let [at, piece] = [0, 0];
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= bytes.length) controller.close();
          else controller.enqueue(bytes.slice(at, (at += sizes[piece++ % sizes.length])));
        },
      });
    },
  };
}

async function linesOf(text: string, sizes: readonly number[]): Promise<{ lines: [string, number][]; digest: string }> {
  const lines: [string, number][] = [];
  const digest = await readLines(inPieces(utf8(text), sizes), (line, number) => lines.push([line, number]));
  return { lines, digest };
}

describe('readLines', () => {
  it('gives the lines of the whole text, wherever its bytes are cut', async () => {
    const characters = fc.constantFrom('a', '\t', '\n', '\r', '\r\n', 'é', '→', '𝄞', '\u2028');
    const text = fc.array(characters, { minLength: 1, maxLength: 40 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), async (written, sizes) => {
        const expected = written.split(/\r\n|\r|\n/);
        if (expected.at(-1) === '') expected.pop();
        const { lines, digest } = await linesOf(written, sizes);
        expect(lines).toEqual(expected.map((line, at) => [line, at + 1]));
        expect(digest).toBe((await linesOf(written, [1000])).digest);
      }),
      { numRuns: 200 },
    );
  });
});
