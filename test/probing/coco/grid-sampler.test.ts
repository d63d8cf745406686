import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toGrid } from '../../../src/probing/annotated/grid.ts';
import { GridSampler } from '../../../src/probing/coco/grid-sampler.ts';

const side = fc.integer({ min: 1, max: 24 });

it('gives the positions that the unpacked mask has on the grid, each once', () => {
  const cases = fc.record({ height: side, width: side, gridHeight: side, gridWidth: side }).chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes),
      at: fc.uniqueArray(fc.nat(sizes.height * sizes.width), { maxLength: 30 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ sizes: { height, width, gridHeight, gridWidth }, at }) => {
      const changes = Uint32Array.from(at.slice(0, at.length & ~1)).sort();
      const mask = new Uint16Array(height * width);
      for (let change = 0; change < changes.length; change += 2)
        for (let pixel = changes[change]; pixel < changes[change + 1]; pixel++)
          mask[(pixel % height) * width + Math.floor(pixel / height)] = 1;
      const grid = { height: gridHeight, width: gridWidth };
      const expected = Array.from(toGrid(mask, { height, width }, grid).keys()).filter(
        (position) => toGrid(mask, { height, width }, grid)[position] === 1,
      );
      const found = new GridSampler({ height, width }, grid).positions(changes);
      expect(found.sort((one, other) => one - other)).toEqual(expected);
    }),
  );
});
