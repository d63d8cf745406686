import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLab } from '../../../src/probing/colors/cielab.ts';
import { colorConcepts, colorPlane } from '../../../src/probing/colors/colors.ts';
import { COLOR_TERMS, SURVEY_COLORS } from '../../../src/probing/colors/survey-colors.ts';

const ONE = { height: 1, width: 1 };

function nameOf(...rgba: readonly number[]): string | undefined {
  const pixels = { width: 1, height: 1, rgba: Uint8ClampedArray.from([...rgba, 255].slice(0, 4)) };
  return colorConcepts[colorPlane(pixels, ONE)[0] - 1];
}

describe('colorPlane', () => {
  // Names and values of CSS Color Module Level 4, section 6.1, where the name says the term.
  it.each([
    ['black', 0, 0, 0],
    ['blue', 0, 0, 255],
    ['blue', 70, 130, 180],
    ['blue', 0, 0, 128],
    ['brown', 139, 69, 19],
    ['grey', 128, 128, 128],
    ['grey', 192, 192, 192],
    ['grey', 105, 105, 105],
    ['green', 0, 128, 0],
    ['green', 0, 255, 0],
    ['green', 34, 139, 34],
    ['orange', 255, 165, 0],
    ['orange', 255, 140, 0],
    ['pink', 255, 192, 203],
    ['pink', 255, 105, 180],
    ['pink', 255, 20, 147],
    ['purple', 128, 0, 128],
    ['purple', 148, 0, 211],
    ['red', 255, 0, 0],
    ['red', 178, 34, 34],
    ['red', 139, 0, 0],
    ['white', 255, 255, 255],
    ['white', 255, 255, 240],
    ['yellow', 255, 255, 0],
    ['yellow', 255, 215, 0],
  ])('names %s', (term, red, green, blue) => {
    expect(nameOf(red, green, blue)).toBe(`${term}-c`);
  });

  it('goes from black over grey to white', () => {
    const names = Array.from({ length: 256 }, (_, level) => nameOf(level, level, level));
    expect(names.filter((name, at) => name !== names[at - 1])).toEqual(['black-c', 'grey-c', 'white-c']);
  });

  it('gives the colors of the survey the terms they were called by', () => {
    const all = COLOR_TERMS.flatMap((term) =>
      (SURVEY_COLORS[term].match(/\w{6}/g) ?? []).map((hex) => ({ term, hex })),
    );
    const kept = all.filter(({ term, hex }) => {
      const channels = [0, 2, 4].map((from) => parseInt(hex.slice(from, from + 2), 16));
      return nameOf(...channels) === `${term}-c`;
    });
    expect(all).toHaveLength(568);
    expect(kept.length / all.length).toBeGreaterThan(0.85);
  });

  it('gives every opaque pixel exactly one term, and transparent ones none', () => {
    const channel = integer({ min: 0, max: 255 });
    assert(
      property(array(channel, { minLength: 24, maxLength: 24 }), (values) => {
        const plane = colorPlane(
          { width: 3, height: 2, rgba: Uint8ClampedArray.from(values) },
          { height: 2, width: 3 },
        );
        plane.forEach((value, at) => {
          const opaque = values[4 * at + 3] >= 128;
          expect(value >= 1 && value <= 11).toBe(opaque);
          expect(value === 0).toBe(!opaque);
        });
      }),
    );
  });

  it('takes the pixel nearest to the centre of a position', () => {
    const [red, green, blue] = [
      [255, 0, 0, 255],
      [0, 128, 0, 255],
      [0, 0, 255, 255],
    ];
    const pixels = { width: 3, height: 1, rgba: Uint8ClampedArray.from([...red, ...green, ...blue]) };
    const names = Array.from(colorPlane(pixels, { height: 1, width: 1 }), (value) => colorConcepts[value - 1]);
    expect(names).toEqual(['green-c']);
  });
});

describe('toLab', () => {
  // Bruce Lindbloom's calculator, D65, to a tenth.
  it.each([
    [255, 255, 255, 100, 0, 0],
    [255, 0, 0, 53.2, 80.1, 67.2],
    [0, 0, 255, 32.3, 79.2, -107.9],
    [0, 0, 0, 0, 0, 0],
  ])('converts %i %i %i', (red, green, blue, ...expected) => {
    toLab(red, green, blue).forEach((value, at) => expect(value).toBeCloseTo(expected[at], 0));
  });
});
