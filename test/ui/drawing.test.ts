import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bins } from '../../src/figures/charts/bins.ts';
import { maskHues, paintMasks } from '../../src/ui/image/paint-masks.ts';
import { visibleRows } from '../../src/ui/pages/layer/visible-rows.ts';

describe('bins', () => {
  it('counts every value once, in bins that meet', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (values) => {
        const made = bins(values, 25);
        expect(made.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        expect(made.length).toBeLessThanOrEqual(25);
        made.slice(1).forEach((bin, index) => expect(bin.from).toBe(made[index].to));
      }),
    );
  });

  it('puts a value on an edge into the bin that starts there', () => {
    const at = bins([0.1, 0.5], 10).findIndex(({ count }) => count === 1);
    expect(bins([0.1, 0.5], 10)[at].from).toBe(0.1);
  });
});

describe('paintMasks', () => {
  const square = (from: number, to: number): Uint8Array =>
    Uint8Array.from({ length: 64 }, (_, p) => Number([p % 8, p >> 3].every((at) => at >= from && at < to)));
  const pixel = (image: Uint8ClampedArray, y: number, x: number): number[] => [
    ...image.slice((y * 8 + x) * 4, (y * 8 + x) * 4 + 4),
  ];
  const style = { opacity: 0.5, outlineOnly: false };

  it('gives unit, formula and both their hue, and nothing elsewhere', () => {
    const image = paintMasks(square(1, 6), square(3, 8), 8, 8, 1, style);
    expect(pixel(image, 2, 2)).toEqual([...maskHues.unit, 128]);
    expect(pixel(image, 1, 1)).toEqual([...maskHues.unit, 255]);
    expect(pixel(image, 6, 6)).toEqual([...maskHues.formula, 128]);
    expect(pixel(image, 4, 4)).toEqual([...maskHues.both, 128]);
    expect(pixel(image, 3, 3)).toEqual([0, 0, 0, 255]);
    expect(pixel(image, 0, 0)).toEqual([0, 0, 0, 0]);
  });

  it('fills nothing where only outlines are asked for', () => {
    const image = paintMasks(square(1, 6), null, 8, 8, 1, { opacity: 1, outlineOnly: true });
    expect(pixel(image, 3, 3)[3]).toBe(0);
    expect(pixel(image, 1, 3)[3]).toBe(255);
  });
});

describe('visibleRows', () => {
  it('covers the window and stays within the table', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: -2000, max: 400_000 }), (count, scrolled) => {
        const { first, end } = visibleRows(count, 64, scrolled, 800);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(first).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(count);
        for (const y of [0, 400, 799]) {
          const row = Math.floor((scrolled + y) / 64);
          if (row >= 0 && row < count) expect(row >= first && row < end).toBe(true);
        }
      }),
    );
  });
});
