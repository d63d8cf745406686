import type { PlainTable } from '../../../state/table-file.ts';
import { conceptName } from '../../../figures/text/concept-name.ts';
import type { NamedPart } from './named-part.ts';

/** The table of compared layers, numbers in full precision. */
export function compareTable(parts: readonly NamedPart[]): PlainTable {
  return {
    columns: [
      'layer',
      'units',
      'explained',
      'dead',
      'mean IoU',
      'median IoU',
      'mean IoU with one concept',
      'mean length',
      'distinct formulas',
      'concepts used most',
    ],
    rows: parts.map(({ name, results, summary }) => [
      name,
      summary.units,
      summary.explained,
      summary.dead,
      summary.meanIou,
      summary.medianIou,
      summary.meanIou1,
      summary.meanLength,
      summary.distinct,
      summary.concepts
        .slice(0, 10)
        .map(({ concept, units }) => `${conceptName(results.concepts[concept])} ${units}`)
        .join('; '),
    ]),
  };
}

/** What one concept is to a layer. */
export interface ConceptInLayer {
  readonly part: NamedPart;
  /** Units whose formula uses it. */
  readonly units: number;
  /** The highest IoU among them; null where there is none. */
  readonly best: number | null;
  /** The unit that has it. */
  readonly bestUnit: number | null;
}

/** How each layer uses a concept. */
export function conceptInLayers(parts: readonly NamedPart[], concept: number): readonly ConceptInLayer[] {
  return parts.map((part) => {
    const using = part.rows.filter(({ concepts }) => concepts.includes(concept));
    const best = using.reduce<(typeof using)[number] | null>(
      (most, row) => (most === null || row.iou > most.iou ? row : most),
      null,
    );
    return { part, units: using.length, best: best?.iou ?? null, bestUnit: best?.unit ?? null };
  });
}
