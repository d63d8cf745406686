import type { ConceptId, UnitId } from '../ids.ts';
import type { Formula } from '../formula/formula.ts';
import { referenceLength } from '../formula/length.ts';
import { referenceText } from '../formula/print.ts';
import { ENTAILMENT_LABELS } from '../text/sentence-pair.ts';
import { accuracyOn, labelOf } from './class-accuracy.ts';
import { csvText } from './csv.ts';
import type { LayerClasses, LayerResults } from './layer-results.ts';

/** What a table of a text model's units needs of the results. */
export type ResultSource = Pick<LayerResults, 'concepts' | 'units' | 'classes'>;

/** The three classes: the first letters that tell one, as the reference names it, and the gold label it stands for. */
const classes = [
  { name: 'entail', label: ENTAILMENT_LABELS[0] },
  { name: 'neutral', label: ENTAILMENT_LABELS[1] },
  { name: 'contra', label: ENTAILMENT_LABELS[2] },
] as const;

const header = [
  ...['neuron', 'feature', 'category', 'category_fine', 'iou', 'feature_length'],
  ...classes.map(({ name }) => `w_${name}`),
  ...['feature_noncomp', 'iou_noncomp', 'active'],
  ...classes.map(({ name }) => `active_${name}`),
  'accuracy',
];

/**
 * The reference program's table of a layer of a model of sentence pairs (`result.csv` of its nli/code/analyze.py), one row a unit, with columns
 * of our own behind its nine: the best single concept, the pairs on which the unit fires by gold label, and the model's accuracy on these.
 * Formulas stand in its notation, the length counts NOT and NEIGHBORS as it does, `iou` is the score (with the length penalty, as there), in
 * full precision. A unit without an explanation has the feature NONE and 0. What is not known is an empty cell.
 *
 * @param gold gold labels by sample; null where none are known
 * @param firing samples on which a unit fires; null where that is not known
 */
export function resultCsv(
  { concepts, units, classes: made }: ResultSource,
  gold: readonly (string | null)[] | null,
  firing: (unit: UnitId) => ArrayLike<number> | null,
): string {
  const text = (formula: Formula, name: (category: string) => string): string =>
    referenceText(formula, (id: ConceptId) => name(concepts[id].category));
  const label = (formula: Formula): string => referenceText(formula, (id) => concepts[id].name);
  const columns = classes.map(({ label: wanted }) => made?.names.findIndex((own) => labelOf(own) === wanted) ?? -1);
  const rows = units.map(({ unit, best, byLength, firing: active }) => {
    const single = byLength.at(0);
    const samples = firing(unit);
    return [
      unit,
      ...(best
        ? [label(best.formula), text(best.formula, coarse), text(best.formula, fine), best.score]
        : ['NONE', 'NONE', 'NONE', 0]),
      best ? referenceLength(best.formula) : 1,
      ...columns.map((column) => made?.weights?.[unit]?.[column] ?? null),
      ...(single ? [label(single.formula), single.score] : ['NONE', 0]),
      active,
      ...classes.map((one) => (gold && samples ? countWith(samples, (sample) => gold[sample] === one.label) : null)),
      made && gold && samples ? accuracy(samples, gold, made) : null,
    ];
  });
  return csvText([header, ...rows]);
}

/** Of the samples with a gold label that the model was asked about, the share it gets right; null where there is none. */
function accuracy(samples: ArrayLike<number>, gold: readonly (string | null)[], classes: LayerClasses): number | null {
  const found = accuracyOn(Array.from(samples), gold, classes);
  return found && found.of > 0 ? found.right / found.of : null;
}

function countWith(samples: ArrayLike<number>, is: (sample: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < samples.length; at += 1) if (is(samples[at])) count += 1;
  return count;
}

/** The reference's categories: `pre`, `hyp`, and `oth` for what belongs to both sentences. */
function coarse(category: string): string {
  return fine(category).split(':')[0];
}

/** Its finer ones: `pre:tok`, `hyp:tag`, `oth:overlap`. */
function fine(category: string): string {
  return category.includes(':') ? category : `oth:${category}`;
}
