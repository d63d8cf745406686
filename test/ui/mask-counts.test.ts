import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskCounts } from '../../src/ui/image/mask-counts.ts';

const mask = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 9, maxLength: 9 });

it('counts what each mask covers, and what both do', () => {
  fc.assert(
    fc.property(mask, mask, (unit, formula) => {
      const both = unit.filter((set, at) => set === 1 && formula[at] === 1).length;
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      expect(maskCounts(Uint8Array.from(unit), Uint8Array.from(formula))).toBe(
        `unit ${sum(unit)}, formula ${sum(formula)}, both ${both}`,
      );
    }),
  );
});

it('counts a mask alone, and says nothing without one', () => {
  expect(maskCounts(Uint8Array.of(1, 0, 1), null)).toBe('2 positions');
  expect(maskCounts(null, Uint8Array.of(0, 0, 1))).toBe('1 position');
  expect(maskCounts(null, null)).toBe('');
});
