import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellPartBuilder } from '../../src/engine/cells/cell-part-builder.ts';
import { openCellPart, type CellPart } from '../../src/engine/cells/cell-part.ts';
import { checkCellPart } from '../../src/engine/cells/check-cell-part.ts';
import { joinCellParts, mergeCellParts } from '../../src/engine/cells/join-cell-parts.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { partOf } from './support/cells-of.ts';
import { groupByStrings } from './support/group-by-strings.ts';
import { randomProbing, type RandomProbing } from './support/random-probing.ts';

const bytes = ({ buffer }: { readonly buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(buffer);

interface Split {
  readonly probing: RandomProbing;
  /** Samples of each part, in the order they were read. */
  readonly parts: readonly (readonly number[])[];
}

/** Probing sets whose samples come in parts, in any order; some parts are empty. */
const splits: fc.Arbitrary<Split> = randomProbing.chain((probing) => {
  const all = [...probing.samples.keys()];
  return fc
    .record({
      order: fc.shuffledSubarray(all, { minLength: all.length }),
      part: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: all.length, maxLength: all.length }),
    })
    .map(({ order, part }) => ({ probing, parts: [0, 1, 2, 3].map((k) => order.filter((_, i) => part[i] === k)) }));
});

const partsOf = ({ probing: { grid, conceptCount, samples }, parts }: Split): CellPart[] =>
  parts.map((numbers) => partOf(grid, conceptCount, samples, numbers));

/** Noise: every position with labels of its own, many of them, so that tables grow and indices take two bytes. */
const noisy: RandomProbing = (() => {
  const plane = (seed: number): Uint16Array =>
    Uint16Array.from({ length: 30 * 30 }, (_, at) => ((at + 1) * (at + seed) * 7919) % 1001);
  const samples = [1, 5, 9].map((seed) => ({
    planes: [plane(seed), plane(2 * seed)],
    everywhere: [(999 - seed) as ConceptId],
  }));
  return { grid: { height: 30, width: 30 }, conceptCount: 1000, samples, masks: [] };
})();

describe('parts of a cell table', () => {
  it('join to what grouping all positions by text gives, byte for byte', () => {
    const check = (split: Split): void => {
      const { grid, conceptCount, samples } = split.probing;
      const expected = groupByStrings(grid, conceptCount, samples);
      const found = joinCellParts(partsOf(split));
      expect(bytes(found.table)).toEqual(bytes(expected.table));
      expect(bytes(found.maps)).toEqual(bytes(expected.maps));
    };
    fc.assert(fc.property(splits, check));
    check({ probing: noisy, parts: [[2], [0, 1]] });
    expect(partsOf({ probing: noisy, parts: [[0]] })[0].palettes.length).toBeGreaterThan(256);
  });

  it('join to the cells of some samples, as if there were no others', () => {
    const withPart = splits.chain((split) =>
      fc.record({ split: fc.constant(split), some: fc.shuffledSubarray([...split.probing.samples.keys()]) }),
    );
    fc.assert(
      fc.property(withPart, ({ split, some }) => {
        const { grid, conceptCount, samples } = split.probing;
        const expected = groupByStrings(grid, conceptCount, samples, some);
        const found = joinCellParts(partsOf(split), { samples: some });
        expect(bytes(found.table)).toEqual(bytes(expected.table));
        expect(bytes(found.maps)).toEqual(bytes(expected.maps));
      }),
    );
  });

  it('merge to the part that one builder gives', () => {
    const check = (split: Split): void => {
      const { grid, conceptCount, samples } = split.probing;
      const merged = mergeCellParts(partsOf(split));
      expect(bytes(merged)).toEqual(bytes(partOf(grid, conceptCount, samples, split.parts.flat())));
    };
    fc.assert(fc.property(splits, check));
    check({ probing: noisy, parts: [[2, 0], [1]] });
  });

  it('count a sample once, whichever parts have it', () => {
    fc.assert(
      fc.property(splits, (split) => {
        const parts = partsOf(split);
        const twice = [...parts, ...parts.toReversed()];
        expect(bytes(joinCellParts(twice).maps)).toEqual(bytes(joinCellParts(parts).maps));
        expect(bytes(joinCellParts(twice).table)).toEqual(bytes(joinCellParts(parts).table));
        expect(bytes(mergeCellParts(twice))).toEqual(bytes(mergeCellParts(parts)));
      }),
      { numRuns: 30 },
    );
  });

  it('are read from their buffers as they were written, and pass the check', () => {
    fc.assert(
      fc.property(splits, (split) => {
        for (const part of [...partsOf(split), mergeCellParts(partsOf(split))]) {
          expect(openCellPart(part.buffer)).toEqual(part);
          expect(() => checkCellPart(part)).not.toThrow();
        }
      }),
      { numRuns: 30 },
    );
    expect(() => checkCellPart(partsOf({ probing: noisy, parts: [[0, 1, 2]] })[0])).not.toThrow();
  });

  it('are refused where they are none, or of different sets', () => {
    const part = (conceptCount: number): CellPart =>
      new CellPartBuilder({ height: 1, width: 1 }, conceptCount, 3).finish();
    expect(() => joinCellParts([])).toThrow('No part of a cell table was given.');
    expect(() => mergeCellParts([])).toThrow(RangeError);
    expect(() => joinCellParts([part(2), part(3)])).toThrow('of different probing sets');
    expect(() => openCellPart(joinCellParts([part(2)]).maps.buffer)).toThrow(
      'These bytes are no part of a cell table.',
    );
  });

  it('leave nothing behind of a sample that was refused', () => {
    const builder = new CellPartBuilder({ height: 1, width: 3 }, 2, 2);
    expect(() => builder.add({ planes: [Uint16Array.of(1, 0, 9)], everywhere: [] }, 0)).toThrow('Concept 8');
    builder.add({ planes: [Uint16Array.of(1, 0, 2)], everywhere: [] }, 0);
    const samples = [{ planes: [Uint16Array.of(1, 0, 2)], everywhere: [] }];
    const { table } = joinCellParts([builder.finish()]);
    expect(bytes(table)).toEqual(bytes(groupByStrings({ height: 1, width: 3 }, 2, samples).table));
  });
});

describe('checking a part', () => {
  const samples = [0, 1, 2].map((seed) => ({
    planes: [Uint16Array.from({ length: 6 }, (_, at) => (at * seed) % 4)],
    everywhere: [3 as ConceptId],
  }));
  const whole = (): CellPart => openCellPart(partOf({ height: 2, width: 3 }, 4, samples).buffer.slice(0));

  it.each<[string, (part: CellPart) => unknown, string]>([
    ['a sample that there is not', (part) => (part.samples[1] = 3), 'it names samples that there are not'],
    ['a sample twice', (part) => (part.samples[1] = 0), 'it has a sample twice'],
    ['a concept that there is not', (part) => (part.signatures[0] = 4), 'it names concepts that there are not'],
    ['concepts out of order', (part) => (part.signatures[1] = 3), 'its concepts are out of order'],
    ['a cell that there is not', (part) => (part.palettes[0] = 99), 'it names cells that there are not'],
    ['an index outside of its palette', (part) => (part.indices[0] = 7), 'its positions of sample 0 lie in no cell'],
    ['another count', (part) => part.counts[0]++, 'its counts of sample 0 are not its positions'],
    ['stretches that go back', (part) => (part.paletteStart[1] = 99), 'its parts do not fit together'],
    ['indices that end early', (part) => (part.indexStart[1] -= 2), 'its positions of sample 0 lie in no cell'],
  ])('finds %s', (_, damage, problem) => {
    const part = whole();
    damage(part);
    expect(() => checkCellPart(part)).toThrow(new RangeError(problem));
  });

  it('finds a missing array, and sizes that are none', () => {
    expect(() => checkCellPart({ ...whole(), counts: new Float32Array(3) as never })).toThrow('it lacks an array');
    expect(() => checkCellPart({ ...whole(), grid: { height: 0, width: 3 } })).toThrow('its sizes are none');
    expect(() => checkCellPart({ ...whole(), grid: undefined as never })).toThrow('its sizes are none');
  });
});
