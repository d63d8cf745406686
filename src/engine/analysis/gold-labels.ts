import { sampleCells, type CellMaps } from '../cells/cell-maps.ts';
import type { CellTable } from '../cells/cell-table.ts';
import type { Concept } from '../concepts.ts';
import { bareName } from '../formula/bare-name.ts';
import type { ConceptId } from '../ids.ts';

/** Where gold labels come from: the probing set's scenes, its folders of classes, its sentence pairs, or a file of labels beside it. */
export type GoldSource = 'scene' | 'class' | 'pairs' | 'file';

/** What samples should be taken for. */
export interface GoldLabels {
  /** Null where no sample has a label. */
  readonly source: GoldSource | null;
  /** Of all samples, by number; null for those without one. */
  readonly labels: readonly (string | null)[];
}

type Cells = Pick<CellTable, 'cellCount' | 'signatureStart' | 'signatures'>;

/** Gold labels of pictures: their scenes where any has one, else the classes of their folders ({@link wholeLabels}). */
export function goldOfPictures(cells: Cells, maps: CellMaps, concepts: readonly Concept[]): GoldLabels {
  for (const source of ['scene', 'class'] as const) {
    const labels = wholeLabels(cells, maps, concepts, source);
    if (labels.some((label) => label !== null)) return { source, labels };
  }
  return { source: null, labels: Array.from({ length: maps.sampleCount }, () => null) };
}

/**
 * What each picture shows as a whole: the name, as people read it, of the concept of a category that holds at all its positions, if exactly one
 * does; null of the others, and of samples that were not read.
 */
export function wholeLabels(
  { cellCount, signatureStart, signatures }: Cells,
  maps: CellMaps,
  concepts: readonly Concept[],
  category: string,
): readonly (string | null)[] {
  const ofCell = Array.from({ length: cellCount }, (_, cell) => {
    const signature = Array.from(signatures.subarray(signatureStart[cell], signatureStart[cell + 1]));
    return signature.filter((concept): concept is ConceptId => concepts[concept].category === category);
  });
  return Array.from({ length: maps.sampleCount }, (_, sample) => {
    const { palette } = sampleCells(maps, sample);
    if (palette.length === 0) return null;
    const everywhere = ofCell[palette[0]].filter((one) => palette.every((cell) => ofCell[cell].includes(one)));
    return everywhere.length === 1 ? bareName(concepts[everywhere[0]]) : null;
  });
}
