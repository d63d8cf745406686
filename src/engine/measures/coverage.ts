import type { CellMaps } from '../cells/cell-maps.ts';
import type { CellTable } from '../cells/cell-table.ts';
import type { ConceptCoverage } from '../results/measures.ts';

/** How much of the probing set each concept covers; over the samples read. */
export function conceptCoverage(cells: CellTable, { sampleCount, paletteStart, palettes }: CellMaps): ConceptCoverage {
  const { conceptCount, signatureStart, signatures } = cells;
  const samples = new Uint32Array(conceptCount);
  /** The last sample each concept was met in, plus one. */
  const met = new Uint32Array(conceptCount);
  let samplesRead = 0;
  for (let sample = 0; sample < sampleCount; sample++) {
    if (paletteStart[sample + 1] > paletteStart[sample]) samplesRead++;
    for (let entry = paletteStart[sample]; entry < paletteStart[sample + 1]; entry++) {
      const cell = palettes[entry];
      for (let i = signatureStart[cell]; i < signatureStart[cell + 1]; i++) {
        const concept = signatures[i];
        if (met[concept] === sample + 1) continue;
        met[concept] = sample + 1;
        samples[concept]++;
      }
    }
  }
  return { positions: cells.positionCount, samplesRead, sizes: cells.sizes.slice(), samples };
}
