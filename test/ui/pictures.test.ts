import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import { AskQueue } from '../../src/ui/image/ask-queue.ts';
import { conceptAreas, conceptsAt, holdsWhere } from '../../src/ui/image/concepts-at.ts';
import { gridShape, itemAfterKey, rowsInWindow } from '../../src/ui/image/grid-window.ts';
import { heatColor, heatRange, heatShare, paintHeat } from '../../src/ui/image/heat-ramp.ts';
import { maskHues, paintMasks } from '../../src/ui/image/paint-masks.ts';
import { wrapped } from '../../src/ui/image/save-picture.ts';
import { cursorAfterKey, panned, positionAt, revealing, wholeView, zoomed } from '../../src/ui/image/view.ts';
import type { View } from '../../src/ui/image/view.ts';

const masks = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 8 }))
  .chain(([height, width, scale]) => {
    const mask = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: height * width, maxLength: height * width });
    return fc.record({
      height: fc.constant(height),
      width: fc.constant(width),
      scale: fc.constant(scale),
      unit: mask.map((values) => Uint8Array.from(values)),
      formula: mask.map((values) => Uint8Array.from(values)),
    });
  });

describe('paintMasks', () => {
  const style = { opacity: 0.4, outlineOnly: false };

  it('paints each pixel as looking at its surroundings one by one would', () => {
    fc.assert(
      fc.property(masks, ({ height, width, scale, unit, formula }) => {
        const painted = paintMasks(unit, formula, height, width, scale, style);
        const edge = scale < 6 ? 1 : 2;
        const kindAt = (y: number, x: number): number => {
          if (y < 0 || x < 0 || y >= height * scale || x >= width * scale) return 0;
          const at = Math.floor(y / scale) * width + Math.floor(x / scale);
          return unit[at] + 2 * formula[at];
        };
        const hues = [[], maskHues.unit, maskHues.formula, maskHues.both];
        for (let y = 0; y < height * scale; y += 1) {
          for (let x = 0; x < width * scale; x += 1) {
            const kind = kindAt(y, x);
            const around = [kindAt(y - edge, x), kindAt(y + edge, x), kindAt(y, x - edge), kindAt(y, x + edge)];
            const onEdge = around.some((other) => other !== kind);
            const color = kind === 3 && onEdge ? [0, 0, 0] : hues[kind];
            const wanted = kind === 0 ? [0, 0, 0, 0] : [...color, onEdge ? 255 : 102];
            const at = (y * width * scale + x) * 4;
            expect([...painted.slice(at, at + 4)]).toEqual(wanted);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leaves nothing of what was in the pixels before', () => {
    fc.assert(
      fc.property(masks, ({ height, width, scale, unit, formula }) => {
        const used = new Uint8ClampedArray(height * width * scale * scale * 4).fill(77);
        const painted = paintMasks(unit, formula, height, width, scale, style, used);
        expect(painted).toBe(used);
        expect(painted).toEqual(paintMasks(unit, formula, height, width, scale, style));
      }),
    );
  });
});

describe('heat ramp', () => {
  /** Lightness in Oklab of an sRGB color. */
  function lightness([red, green, blue]: readonly number[]): number {
    const [r, g, b] = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short;
  }

  it('grows lighter evenly from end to end', () => {
    const steps = Array.from({ length: 33 }, (_, index) => lightness(heatColor(index / 32)));
    const even = (steps[32] - steps[0]) / 32;
    expect(steps[32] - steps[0]).toBeGreaterThan(0.8);
    steps.slice(1).forEach((value, index) => expect(Math.abs(value - steps[index] - even)).toBeLessThan(0.25 * even));
  });

  it('starts at 0, or as far below a threshold that is not above 0 as the largest lies above it', () => {
    expect(heatRange(2, 5)).toEqual({ low: 0, high: 5 });
    expect(heatRange(-1, 3)).toEqual({ low: -5, high: 3 });
    expect(heatShare(-1, heatRange(-1, 3))).toBe(0.5);
    expect(heatShare(9, { low: 0, high: 5 })).toBe(1);
    expect(heatShare(Number.NaN, { low: 0, high: 5 })).toBe(0);
  });

  it('paints the value of each position, and a line around those above the threshold', () => {
    const values = Float32Array.of(0, 1, 2, 4, 3, 0);
    const range = { low: 0, high: 4 };
    const painted = paintHeat(values, 2, 3, 4, range, 2.5, 0.6);
    const pixel = (y: number, x: number): number[] => [...painted.slice((y * 12 + x) * 4, (y * 12 + x) * 4 + 4)];
    expect(pixel(1, 1)).toEqual([...heatColor(0), 153]);
    expect(pixel(1, 9)).toEqual([...heatColor(0.5), 153]);
    expect(pixel(5, 1)).toEqual([...heatColor(1), 153]);
    expect(pixel(5, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(4, 1)).toEqual([0, 0, 0, 255]);
    expect(pixel(5, 3)).toEqual([...heatColor(1), 153]);
    expect(pixel(5, 7)).toEqual([0, 0, 0, 255]);
  });
});

describe('grid of tiles', () => {
  const shapes = fc.record({
    count: fc.integer({ min: 1, max: 30_000 }),
    width: fc.integer({ min: 100, max: 2400 }),
    wanted: fc.integer({ min: 60, max: 300 }),
    gap: fc.integer({ min: 0, max: 16 }),
  });

  it('draws every item of which a part is in the window, and few others', () => {
    fc.assert(
      fc.property(shapes, fc.nat(3_000_000), fc.integer({ min: 100, max: 1600 }), (given, far, windowHeight) => {
        const shape = gridShape(given.count, given.width, given.wanted, given.gap, (tile) => tile);
        const { columns, rowHeight, rows, tile } = shape;
        const scrolled = far % Math.max(1, Math.ceil(rows * rowHeight));
        const { first, end } = rowsInWindow(shape, scrolled, windowHeight);
        expect(columns * tile + (columns - 1) * given.gap).toBeLessThanOrEqual(given.width + 1e-6);
        expect(rows * columns).toBeGreaterThanOrEqual(given.count);
        expect((rows - 1) * columns).toBeLessThan(given.count);
        expect(first >= 0 && first <= end && end <= rows).toBe(true);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(windowHeight / rowHeight) + 5);
        for (const y of [0, windowHeight / 2, windowHeight - 1]) {
          const row = Math.floor((scrolled + y) / rowHeight);
          if (row < rows) expect(row >= first && row < end).toBe(true);
        }
      }),
    );
  });

  it('leads from an item to its neighbors, and never out of the list', () => {
    expect(itemAfterKey('ArrowRight', 3, 10, 4, 2)).toBe(4);
    expect(itemAfterKey('ArrowDown', 3, 10, 4, 2)).toBe(7);
    expect(itemAfterKey('ArrowDown', 7, 10, 4, 2)).toBe(9);
    expect(itemAfterKey('ArrowDown', 8, 10, 4, 2)).toBe(8);
    expect(itemAfterKey('ArrowUp', 3, 10, 4, 2)).toBe(3);
    expect(itemAfterKey('PageDown', 0, 100, 4, 3)).toBe(12);
    expect(itemAfterKey('Home', 7, 10, 4, 2)).toBe(0);
    expect(itemAfterKey('End', 0, 10, 4, 2)).toBe(9);
    expect(itemAfterKey('a', 0, 10, 4, 2)).toBeNull();
    const keys = fc.constantFrom(
      'ArrowLeft',
      'ArrowRight',
      'ArrowUp',
      'ArrowDown',
      'PageUp',
      'PageDown',
      'Home',
      'End',
    );
    fc.assert(
      fc.property(
        keys,
        fc.integer({ min: 1, max: 500 }),
        fc.nat(),
        fc.integer({ min: 1, max: 12 }),
        (key, count, any, columns) => {
          const to = itemAfterKey(key, any % count, count, columns, 3);
          expect(to !== null && to >= 0 && to < count).toBe(true);
        },
      ),
    );
  });
});

describe('view of a picture', () => {
  const grid = { width: 112, height: 84 };
  const unit = fc.double({ min: 0, max: 0.999, noNaN: true });
  const views: fc.Arbitrary<View> = fc
    .array(fc.tuple(fc.double({ min: 0.3, max: 4, noNaN: true }), unit, unit), { maxLength: 6 })
    .map((steps) => steps.reduce((view, [factor, x, y]) => zoomed(view, factor, x, y), wholeView));

  it('never shows what lies beside the picture', () => {
    fc.assert(
      fc.property(views, fc.double({ min: -2, max: 2, noNaN: true }), (view, by) => {
        for (const { scale, left, top } of [view, panned(view, by, -by)]) {
          expect(scale).toBeGreaterThanOrEqual(1);
          for (const start of [left, top]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(start + 1 / scale).toBeLessThanOrEqual(1 + 1e-12);
          }
        }
      }),
    );
  });

  it('keeps the point under the pointer where it is while zooming in', () => {
    fc.assert(
      fc.property(views, unit, unit, (view, across, down) => {
        const next = zoomed(view, 1.5, across, down);
        expect(next.left + across / next.scale).toBeCloseTo(view.left + across / view.scale, 9);
        expect(next.top + down / next.scale).toBeCloseTo(view.top + down / view.scale, 9);
      }),
    );
  });

  it('finds the position under the pointer', () => {
    expect(positionAt(wholeView, 0, 0, grid)).toEqual({ x: 0, y: 0 });
    expect(positionAt(wholeView, 0.999, 0.5, grid)).toEqual({ x: 111, y: 42 });
    expect(positionAt(wholeView, 1, 0.5, grid)).toBeNull();
    expect(positionAt({ scale: 2, left: 0.5, top: 0 }, 0.5, 0.5, grid)).toEqual({ x: 84, y: 21 });
  });

  it('moves the cursor within the grid, and the view with it', () => {
    const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End');
    const at = fc.record({ x: fc.integer({ min: 0, max: 111 }), y: fc.integer({ min: 0, max: 83 }) });
    fc.assert(
      fc.property(views, keys, fc.boolean(), at, (view, key, shift, from) => {
        const to = cursorAfterKey(key, shift, from, grid);
        if (!to) throw new Error(`${key} moves nothing`);
        expect(to.x >= 0 && to.x < 112 && to.y >= 0 && to.y < 84).toBe(true);
        expect(Math.abs(to.x - from.x) + Math.abs(to.y - from.y)).toBeLessThanOrEqual(
          /^A/.test(key) ? (shift ? 10 : 1) : 111,
        );
        const shown = revealing(view, to, grid);
        const centre = [(to.x + 0.5) / 112 - shown.left, (to.y + 0.5) / 84 - shown.top];
        for (const share of centre) expect(share * shown.scale > 0 && share * shown.scale < 1).toBe(true);
      }),
    );
    expect(cursorAfterKey('a', false, { x: 1, y: 1 }, grid)).toBeNull();
  });
});

describe('concepts of a sample', () => {
  const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
  const sample = { palette: [[0, 2], [1], []], index: Uint8Array.of(0, 0, 1, 2) };

  it('are those of the position, and are added up by area', () => {
    expect(conceptsAt(sample, 1)).toEqual([0, 2]);
    expect(conceptsAt(sample, 3)).toEqual([]);
    expect(conceptsAt({ palette: [], index: new Uint8Array(0) }, 3)).toEqual([]);
    expect(conceptAreas(sample)).toEqual([
      { concept: 0, positions: 2 },
      { concept: 2, positions: 2 },
      { concept: 1, positions: 1 },
    ]);
  });

  it('decide whether a formula holds', () => {
    const formula: Formula = {
      kind: 'and',
      left: { kind: 'or', left: concept(0), right: concept(1) },
      right: { kind: 'not', of: { kind: 'neighbors', of: 2 as ConceptId } },
    };
    const holds = (zero: boolean, one: boolean, near: boolean): boolean =>
      holdsWhere(formula, (leaf) => (leaf.kind === 'neighbors' ? near : leaf.concept === 0 ? zero : one));
    for (const zero of [true, false]) {
      for (const one of [true, false]) {
        for (const near of [true, false]) expect(holds(zero, one, near)).toBe((zero || one) && !near);
      }
    }
  });
});

describe('the queue of questions', () => {
  it('asks few at a time, in order, and never what was taken back', async () => {
    const queue = new AskQueue(2);
    const asked: number[] = [];
    const kept: number[] = [];
    let most = 0;
    let running = 0;
    const takeBack = Array.from({ length: 8 }, (_, index) =>
      queue.ask(
        async () => {
          asked.push(index);
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setTimeout(resolve, 1));
          running -= 1;
          if (index === 6) throw new Error('no answer');
          return index;
        },
        (answer) => kept.push(answer),
        () => kept.push(-1),
      ),
    );
    takeBack[1]();
    takeBack[4]();
    await expect.poll(() => kept.length).toBe(6);
    expect(asked).toEqual([0, 1, 2, 3, 5, 6, 7]);
    expect(kept).toEqual([0, 2, 3, 5, -1, 7]);
    expect(most).toBe(2);
  });
});

describe('a caption', () => {
  it('is wrapped between words, and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
        const lines = wrapped(words.join(' '), 20, (text) => text.length);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(line.length <= 20 || !line.includes(' ')).toBe(true);
      }),
    );
  });
});
