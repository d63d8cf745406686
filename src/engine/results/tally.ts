import type { Concept } from '../concepts.ts';
import type { Formula } from '../formula/formula.ts';
import { referenceLength } from '../formula/length.ts';
import { referenceText } from '../formula/print.ts';
import { csvText } from './csv.ts';
import type { UnitExplanation } from './explanation.ts';

/** What a table of explanations needs of the results. */
export interface TallySource {
  readonly concepts: readonly Concept[];
  readonly units: readonly UnitExplanation[];
}

/**
 * The reference program's table of a layer, those of its columns that apply, one row a unit. Labels stand in its notation, the
 * length counts NOT as it does, scores have full precision. A unit without an explanation has the label NONE and score 0.
 */
export function tallyCsv({ concepts, units }: TallySource): string {
  const label = (formula: Formula): string => referenceText(formula, (id) => concepts[id].name);
  const category = (formula: Formula): string => referenceText(formula, (id) => concepts[id].category);
  const none = ['NONE', 'NONE', 0] as const;
  const rows = units.map(({ unit, best, byLength }) => {
    const single = byLength.at(0);
    return [
      unit,
      ...(best
        ? [category(best.formula), label(best.formula), best.score, referenceLength(best.formula)]
        : [...none, 1]),
      ...(single ? [category(single.formula), label(single.formula), single.score] : none),
    ];
  });
  const header = ['unit', 'category', 'label', 'score', 'length', 'category_noncomp', 'label_noncomp', 'score_noncomp'];
  return csvText([header, ...rows]);
}
