import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSizes } from '../../../src/probing/annotated/check-sizes.ts';
import { nearest, toGrid } from '../../../src/probing/annotated/grid.ts';
import { maskPlane, UNLISTED } from '../../../src/probing/annotated/mask-plane.ts';
import { pairFiles } from '../../../src/probing/annotated/pair-files.ts';
import { PlaneStack } from '../../../src/probing/annotated/plane-stack.ts';
import { readAll } from '../../../src/probing/annotated/read-all.ts';
import { uniqueNames } from '../../../src/probing/annotated/unique-names.ts';
import type { TreeFile } from '../../../src/probing/file-tree.ts';
import { asFolder } from '../support/trees.ts';

const side = fc.integer({ min: 1, max: 300 });

describe('toGrid', () => {
  it('takes for each position the pixel whose centre is nearest to its own', () => {
    fc.assert(
      fc.property(side, side, (from, to) => {
        nearest(from, to).forEach((pixel, at) => {
          const centre = ((at + 0.5) / to) * from;
          const distances = Array.from({ length: from }, (_, other) => Math.abs(other + 0.5 - centre));
          expect(distances[pixel]).toBeLessThanOrEqual(Math.min(...distances) + 1e-9);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('changes nothing at the same size', () => {
    const labels = Uint16Array.of(1, 2, 3, 4, 5, 6);
    expect(toGrid(labels, { height: 2, width: 3 }, { height: 2, width: 3 })).toEqual(labels);
  });
});

describe('checkSizes', () => {
  it('takes every scaling that rounds one side', () => {
    const size = fc.record({ width: fc.integer({ min: 20, max: 3000 }), height: fc.integer({ min: 20, max: 3000 }) });
    fc.assert(
      fc.property(size, fc.double({ min: 0.1, max: 4, noNaN: true }), fc.boolean(), ({ width, height }, scale, up) => {
        const scaledWidth = Math.max(1, Math.round(width * scale));
        const exact = (height * scaledWidth) / width;
        const scaledHeight = Math.max(1, up ? Math.ceil(exact) : Math.floor(exact));
        const scaled = { width: scaledWidth, height: scaledHeight };
        expect(() => checkSizes({ ...scaled, file: 'm.png' }, 'p.jpg', { width, height })).not.toThrow();
      }),
    );
  });

  it('refuses a picture that was cropped or turned', () => {
    const size = { width: 400, height: 300 };
    expect(() => checkSizes({ width: 300, height: 400, file: 'm.png' }, 'p.jpg', size)).toThrow('m.png is 400 x 300');
    expect(() => checkSizes({ width: 300, height: 300, file: 'm.png' }, 'p.jpg', size)).toThrow('m.png is 300 x 300');
    expect(() => checkSizes({ width: 200, height: 153, file: 'm.png' }, 'p.jpg', size)).toThrow('m.png is 153 x 200');
  });
});

describe('maskPlane', () => {
  it('checks pixels that stand for no position too', () => {
    const values = Uint16Array.of(0, 3, UNLISTED);
    const fault = (x: number, y: number, number: number): Error => new Error(`${x} ${y} ${number}`);
    const mask = (numbers: number[]): Parameters<typeof maskPlane>[0] => ({
      width: 4,
      height: 2,
      numbers: Uint16Array.from(numbers),
    });
    const grid = { height: 1, width: 1 };
    expect(maskPlane(mask([0, 0, 0, 0, 0, 0, 1, 0]), values, grid, fault)).toEqual(Uint16Array.of(3));
    expect(() => maskPlane(mask([0, 0, 0, 0, 2, 0, 1, 0]), values, grid, fault)).toThrow('0 1 2');
    expect(() => maskPlane(mask([0, 9, 0, 0, 0, 0, 1, 0]), values, grid, fault)).toThrow('1 0 9');
  });
});

describe('PlaneStack', () => {
  it('loses no concept at any position, whatever overlaps', () => {
    const regions = fc.array(fc.tuple(fc.nat(5), fc.uniqueArray(fc.nat(8))), { maxLength: 12 });
    fc.assert(
      fc.property(regions, (list) => {
        const stack = new PlaneStack({ height: 3, width: 3 });
        for (const [concept, positions] of list) stack.put(concept, positions);
        for (let at = 0; at < 9; at += 1) {
          const wanted = new Set(
            list.filter(([, positions]) => positions.includes(at)).map(([concept]) => concept + 1),
          );
          expect(new Set(stack.planes.map((plane) => plane[at]).filter((value) => value > 0))).toEqual(wanted);
        }
      }),
    );
  });
});

describe('uniqueNames', () => {
  it('uses longer names where short ones are shared', () => {
    const names = [
      { number: 7, short: 'bar', full: 'bar' },
      { number: 8, short: 'bar', full: 'bar' },
      { number: 9, short: 'bat', full: 'bat, cricket bat' },
      { number: 10, short: 'bat', full: 'bat, chiropteran' },
      { number: 11, short: 'car', full: 'car, auto' },
    ];
    expect(uniqueNames(names)).toEqual(['bar (7)', 'bar (8)', 'bat, cricket bat', 'bat, chiropteran', 'car']);
  });
});

describe('pairFiles', () => {
  const file = (path: string): TreeFile => {
    const found = asFolder(new Map([[path, new Uint8Array(1)]])).files.get(path);
    if (found === undefined) throw new Error(path);
    return found;
  };
  const filesOf = (keys: readonly string[]): Map<string, TreeFile> =>
    new Map(keys.map((key) => [key, file(`${key}.x`)]));

  it('leaves out what has no counterpart, and says so', () => {
    const { samples, notes } = pairFiles(filesOf(['c', 'a', 'b']), filesOf(['d', 'c', 'a', 'e']), (key) =>
      key === 'a' ? 'train' : undefined,
    );
    expect(samples.map(({ key, split }) => [key, split])).toEqual([
      ['a', 'train'],
      ['c', undefined],
    ]);
    expect(notes).toEqual([
      '1 picture has no annotation and is left out.',
      '2 annotations have no picture and are left out.',
    ]);
  });

  it('keeps annotations where there are no pictures at all', () => {
    const { samples, notes } = pairFiles(new Map(), filesOf(['b', 'a']), () => undefined);
    expect(samples.map(({ name, picture }) => [name, picture])).toEqual([
      ['a.x', undefined],
      ['b.x', undefined],
    ]);
    expect(notes).toEqual([]);
  });
});

describe('readAll', () => {
  it('gives results in order, and holds few at a time', async () => {
    let open = 0;
    let most = 0;
    const results = await readAll(
      Array.from({ length: 100 }, (_, at) => at),
      async (at) => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setTimeout(resolve, at % 3));
        open -= 1;
        return at * 2;
      },
    );
    expect(results).toEqual(Array.from({ length: 100 }, (_, at) => at * 2));
    expect(most).toBe(16);
  });

  it('stops at the first failure', async () => {
    let begun = 0;
    const reading = readAll(
      Array.from({ length: 1000 }, (_, at) => at),
      (at) => {
        begun += 1;
        return at === 3 ? Promise.reject(new Error('broken')) : Promise.resolve(at);
      },
    );
    await expect(reading).rejects.toThrow('broken');
    const then = begun;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(begun).toBe(then);
    expect(begun).toBeLessThan(100);
  });
});
