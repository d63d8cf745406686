import { demand, demandBelow, demandStarts, isCount } from '../bits/check.ts';
import type { CellPart } from './cell-part.ts';

/**
 * Checks that a part is whole and refers to nothing outside of it, so that whatever reads it later need not: for parts out of files.
 *
 * @throws RangeError with what is wrong
 */
export function checkCellPart(part: CellPart): void {
  const { grid, conceptCount, sampleCount, samples, signatureStart, signatures, paletteStart, palettes } = part;
  const { counts, indexStart, indices } = part;
  demand(isCount(grid?.height) && isCount(grid.width) && isCount(sampleCount), 'its sizes are none');
  demand(Number.isInteger(conceptCount) && conceptCount >= 0 && conceptCount < 2 ** 16, 'its sizes are none');
  for (const array of [samples, signatureStart, paletteStart, palettes, counts])
    demand(array instanceof Uint32Array, 'it lacks an array');
  demand(signatures instanceof Uint16Array && indices instanceof Uint8Array, 'it lacks an array');
  demand(indexStart instanceof Float64Array, 'it lacks an array');
  demandBelow(samples, sampleCount, 'it names samples that there are not');
  demand(new Set(samples).size === samples.length, 'it has a sample twice');
  const cellCount = signatureStart.length - 1;
  demandStarts(signatureStart, cellCount, signatures.length);
  demandStarts(paletteStart, samples.length, palettes.length);
  demandStarts(indexStart, samples.length, indices.length);
  demand(counts.length === palettes.length, 'its parts do not fit together');
  demandBelow(signatures, conceptCount, 'it names concepts that there are not');
  demandBelow(palettes, cellCount, 'it names cells that there are not');
  for (let cell = 0; cell < cellCount; cell++) {
    for (let i = signatureStart[cell] + 1; i < signatureStart[cell + 1]; i++)
      demand(signatures[i - 1] < signatures[i], 'its concepts are out of order');
  }
  for (let row = 0; row < samples.length; row++) checkPositions(part, row);
}

/** Every position of a sample lies in a cell of its palette, and the counts are those of the positions. */
function checkPositions({ grid, samples, paletteStart, counts, indexStart, indices }: CellPart, row: number): void {
  const size = paletteStart[row + 1] - paletteStart[row];
  const positions = grid.height * grid.width;
  const bytes = positions * (size > 256 ? 2 : 1);
  const from = indexStart[row];
  const problem = `its positions of sample ${samples[row]} lie in no cell`;
  demand(from % 2 === 0 && indexStart[row + 1] - from === bytes + (bytes & 1), problem);
  const at = indices.byteOffset + from;
  const index = size > 256 ? new Uint16Array(indices.buffer, at, positions) : indices.subarray(from, from + positions);
  const found = new Uint32Array(size);
  for (let i = 0; i < positions; i++) {
    demand(index[i] < size, problem);
    found[index[i]]++;
  }
  for (let i = 0; i < size; i++)
    demand(found[i] === counts[paletteStart[row] + i], `its counts of sample ${samples[row]} are not its positions`);
}
