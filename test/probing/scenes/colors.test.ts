import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colorOf, colorPlane } from '../../../src/probing/scenes/colors.ts';
import { colorNames } from '../../../src/probing/scenes/vocabulary.ts';

const level = fc.integer({ min: 0, max: 255 });

describe('colorOf', () => {
  it.each([
    ['black', 0, 0, 0],
    ['white', 255, 255, 255],
    ['gray', 128, 128, 128],
    ['red', 200, 30, 30],
    ['green', 40, 160, 60],
    ['blue', 40, 90, 200],
    ['yellow', 244, 195, 34],
    ['orange', 240, 140, 40],
    ['brown', 110, 70, 40],
    ['purple', 120, 60, 170],
    ['pink', 245, 170, 190],
  ])('names %s', (name, red, green, blue) => {
    expect(colorOf(red, green, blue)).toBe(name);
  });

  it.each([
    [13.9, 'red', 'orange', 14.2],
    [39.9, 'orange', 'yellow', 40.1],
    [67.9, 'yellow', 'green', 68.1],
    [171.9, 'green', 'blue', 172.1],
    [249.9, 'blue', 'purple', 250.1],
    [289.9, 'purple', 'pink', 290.1],
    [344.9, 'pink', 'red', 345.1],
  ])('changes the name at the documented hue, past %d degrees', (below, before, after, above) => {
    expect(colorOf(...vivid(below))).toBe(before);
    expect(colorOf(...vivid(above))).toBe(after);
  });

  it('names every gray black, gray or white', () => {
    fc.assert(
      fc.property(level, (value) => {
        expect(['black', 'gray', 'white']).toContain(colorOf(value, value, value));
      }),
    );
  });

  it('agrees with the plane of numbers', () => {
    fc.assert(
      fc.property(level, level, level, (red, green, blue) => {
        const plane = colorPlane(Uint8ClampedArray.of(0, 0, 0, 255, red, green, blue, 255));
        expect([...plane].map((number) => colorNames[number - 1])).toEqual(['black', colorOf(red, green, blue)]);
      }),
    );
  });
});

/** The fully saturated color of a hue at full value. */
function vivid(hue: number): [number, number, number] {
  const channel = (offset: number) => {
    const place = (offset + hue / 60) % 6;
    return 255 * (1 - Math.max(0, Math.min(place, 4 - place, 1)));
  };
  return [channel(5), channel(3), channel(1)];
}
