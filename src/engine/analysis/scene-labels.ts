import { sampleCells, type CellMaps } from '../cells/cell-maps.ts';
import type { CellTable } from '../cells/cell-table.ts';
import type { Concept } from '../concepts.ts';
import { bareName } from '../formula/bare-name.ts';
import type { ConceptId } from '../ids.ts';

/** The category whose concepts say what a picture shows as a whole. */
const SCENE = 'scene';

/**
 * The gold label of each picture: the name, as people read it, of the concept of category `scene` that holds at all its positions, if exactly
 * one does; null of the others, and of samples that were not read.
 */
export function sceneLabels(
  { cellCount, signatureStart, signatures }: Pick<CellTable, 'cellCount' | 'signatureStart' | 'signatures'>,
  maps: CellMaps,
  concepts: readonly Concept[],
): readonly (string | null)[] {
  const scenesOf = Array.from({ length: cellCount }, (_, cell) => {
    const signature = Array.from(signatures.subarray(signatureStart[cell], signatureStart[cell + 1]));
    return signature.filter((concept): concept is ConceptId => concepts[concept].category === SCENE);
  });
  return Array.from({ length: maps.sampleCount }, (_, sample) => {
    const { palette } = sampleCells(maps, sample);
    if (palette.length === 0) return null;
    const everywhere = scenesOf[palette[0]].filter((scene) => palette.every((cell) => scenesOf[cell].includes(scene)));
    return everywhere.length === 1 ? bareName(concepts[everywhere[0]]) : null;
  });
}
