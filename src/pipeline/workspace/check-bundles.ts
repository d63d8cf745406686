import { openKeptActivations } from '../../engine/activation/kept.ts';
import { openBundle } from '../../engine/bits/bundle.ts';
import { demand, demandBelow, demandStarts, isCount } from '../../engine/bits/check.ts';
import { openCellMaps, sampleCells } from '../../engine/cells/cell-maps.ts';
import { openCellTable } from '../../engine/cells/cell-table.ts';
import type { LayerResults } from '../../engine/results/layer-results.ts';
import { openSearchTables } from '../../engine/search/tables.ts';
import type { CellBuffers } from '../probing-service.ts';
import { sampleTextsProblem } from '../sample-texts.ts';
import type { CellsPart } from './format.ts';

/** What results say that their bundles must agree with. */
export type Expected = Pick<LayerResults, 'concepts' | 'probing' | 'unitCount' | 'samplesRead'>;

/**
 * Checks that a bundle of cells is whole and refers to nothing outside of it, so that whatever reads it later need not.
 *
 * @throws RangeError with what is wrong; whatever reading a bundle throws
 */
export function checkCellsPart(part: CellsPart, buffers: CellBuffers, expected: Expected): void {
  const { concepts, probing } = expected;
  const { cellCount } = openCellTable(buffers.cells);
  if (part === 'cells') checkCellTable(buffers.cells, concepts.length);
  else if (part === 'extras') checkExtras(buffers, concepts.length);
  else if (part === 'maps') checkMaps(buffers.maps, cellCount, expected);
  else {
    const problem = sampleTextsProblem(openBundle(buffers.names).meta, probing.sampleCount);
    demand(problem === null, problem ?? '');
  }
}

/** Checks a bundle of activations. @throws as {@link checkCellsPart} does */
export function checkActivations(buffer: ArrayBufferLike, { probing, unitCount, samplesRead }: Expected): void {
  const kept = openKeptActivations(buffer);
  const { height, width, start, samples, peaks, maps, highest, floor, minimum, maximum, notFinite } = kept;
  demand(kept.unitCount === unitCount, `it is of ${kept.unitCount} units, not ${unitCount}`);
  const { sampleCount } = probing;
  demand(kept.sampleCount === sampleCount, `it is of ${kept.sampleCount} samples, not ${sampleCount}`);
  demand(kept.samplesRead === samplesRead, `it is of ${kept.samplesRead} samples read, not ${samplesRead}`);
  demand(isCount(height) && isCount(width) && kept.keptQuantile > 0 && kept.keptQuantile <= 1, 'its sizes are none');
  demand(start instanceof Float64Array && notFinite instanceof Float64Array, 'it lacks an array');
  for (const array of [peaks, maps, highest, floor, minimum, maximum])
    demand(array instanceof Float32Array, 'it lacks an array');
  demand(samples instanceof Uint32Array, 'it lacks an array');
  demandStarts(start, unitCount, samples.length);
  demand(peaks.length === samples.length && maps.length === samples.length * height * width, 'it lacks some maps');
  demand(highest.length === unitCount * sampleCount, 'it lacks some peaks');
  for (const array of [floor, minimum, maximum, notFinite])
    demand(array.length === unitCount, 'it lacks values of some units');
  for (let unit = 0; unit < unitCount; unit++) {
    for (let i = start[unit]; i < start[unit + 1]; i++) {
      const ascending = samples[i] < sampleCount && (i === start[unit] || samples[i] > samples[i - 1]);
      demand(ascending, `its samples of unit ${unit} are out of order`);
    }
  }
}

function checkCellTable(buffer: ArrayBufferLike, conceptCount: number): void {
  const table = openCellTable(buffer);
  const { cellCount, n, signatureStart, signatures, postingStart, postings, sizes } = table;
  demand(table.conceptCount === conceptCount, `it is of ${table.conceptCount} concepts, not ${conceptCount}`);
  demand(n instanceof Uint32Array && n.length === cellCount, 'it lacks some cells');
  demand(signatures instanceof Uint16Array && postings instanceof Uint32Array, 'it lacks an array');
  demand(sizes instanceof Float64Array && sizes.length === conceptCount, 'it lacks the sizes of some concepts');
  demandStarts(signatureStart, cellCount, signatures.length);
  demandStarts(postingStart, conceptCount, postings.length);
  demandBelow(signatures, conceptCount, 'it names concepts that there are not');
  demandBelow(postings, cellCount, 'it names cells that there are not');
}

function checkExtras(buffers: CellBuffers, conceptCount: number): void {
  const { flavour, hasNeighbors, neighborStart, neighbors, categories, categoryOf } = openSearchTables(buffers);
  demand((flavour === 'pictures' || flavour === 'pairs') && typeof hasNeighbors === 'boolean', 'it is of no kind');
  demand(neighbors instanceof Uint16Array && categoryOf instanceof Uint16Array, 'it lacks an array');
  demandStarts(neighborStart, conceptCount, neighbors.length);
  demandBelow(neighbors, conceptCount, 'it names concepts that there are not');
  demand(Array.isArray(categories) && categoryOf.length === conceptCount, 'it lacks the categories of some concepts');
  demandBelow(categoryOf, categories.length, 'it names categories that there are not');
}

function checkMaps(buffer: ArrayBufferLike, cellCount: number, { probing, samplesRead }: Expected): void {
  const maps = openCellMaps(buffer);
  const { grid, sampleCount, paletteStart, palettes, indexStart, indices } = maps;
  const same = grid.height === probing.grid.height && grid.width === probing.grid.width;
  demand(same && sampleCount === probing.sampleCount, 'it is of another grid or of other samples');
  demand(palettes instanceof Uint32Array && indices instanceof Uint8Array, 'it lacks an array');
  demand(indexStart instanceof Float64Array, 'it lacks an array');
  demandStarts(paletteStart, sampleCount, palettes.length);
  demandStarts(indexStart, sampleCount, indices.length);
  demandBelow(palettes, cellCount, 'it names cells that there are not');
  let read = 0;
  for (let sample = 0; sample < sampleCount; sample++) {
    const paletteSize = paletteStart[sample + 1] - paletteStart[sample];
    const bytes = paletteSize === 0 ? 0 : grid.height * grid.width * (paletteSize > 256 ? 2 : 1);
    const enough = indexStart[sample + 1] - indexStart[sample] >= bytes && indexStart[sample] % 2 === 0;
    demand(enough, `it lacks positions of sample ${sample}`);
    const { palette, index } = sampleCells(maps, sample);
    demandBelow(index, palette.length, `its positions of sample ${sample} lie in no cell`);
    if (palette.length > 0) read++;
  }
  demand(read === samplesRead, `it is of ${read} samples, not ${samplesRead}`);
}
