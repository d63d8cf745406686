import { formulaText } from '../formula/print.ts';
import { csvText } from '../results/csv.ts';
import type { LayerResults } from '../results/layer-results.ts';
import type { AblationAnalysis } from './ablation-analysis.ts';
import { longestStandIns } from './formulas-alone.ts';
import type { OutcomeShares } from './outcome-tally.ts';

/** What tables need of the results besides an analysis. */
type Formulas = Pick<LayerResults, 'concepts' | 'units'>;

/** Each unit off alone: a row a unit, the largest loss first; `pushes` and `holds` are classes with effects. */
export function ablationUnitsCsv({ units, formulas, classNames }: AblationAnalysis, results: Formulas): string {
  const header = [
    ...['unit', 'iou', 'loss', 'changed', 'became_wrong', 'became_right', 'p', 'p_holm'],
    ...['pushes', 'holds', 'told', 'formula'],
  ];
  const told = formulas ? longestStandIns(formulas) : new Map<number, { readonly told: number | null }>();
  const effectsText = (list: AblationAnalysis['units']['units'][number]['pushes']): string =>
    list.map(({ place, effect }) => `${classNames[place]} ${effect}`).join('; ');
  const best = new Map(results.units.map((explanation) => [explanation.unit, explanation.best]));
  const rows = units.units.map((one) => {
    const formula = one.iou === null ? null : (best.get(one.unit)?.formula ?? null);
    return [
      ...[one.unit, one.iou, one.loss, one.changed, one.becameWrong, one.becameRight, one.p, one.holm],
      ...[effectsText(one.pushes), effectsText(one.holds), told.get(one.unit)?.told ?? null],
      formula && formulaText(formula, (id) => results.concepts[id].name),
    ];
  });
  return csvText([header, ...rows]);
}

/** Pruning: a row a pool, order and step. Of random orders `value`, `low` and `high` are their mean and band; else the share and Wilson's interval. */
export function ablationPruningCsv({ pruning }: Pick<AblationAnalysis, 'pruning'>): string {
  const header = ['pool', 'order', 'pruned', 'measure', 'value', 'low', 'high', 'hits', 'of', 'same_predictions'];
  const rows = pruning.flatMap(({ pool, measure, curves, random }) => [
    ...curves.flatMap(({ order, points }) =>
      points.map((point) => {
        const { share, interval, hits, of } = point[measure];
        const ends = [interval?.low ?? null, interval?.high ?? null];
        return [pool, order, point.pruned, measure, share, ...ends, hits, of, point.same.share];
      }),
    ),
    ...random.points.map(({ pruned, mean, low, high }) => {
      return [pool, 'random', pruned, measure, mean, low, high, null, null, null];
    }),
  ]);
  return csvText([header, ...rows]);
}

/** Classes: a row a gold label, with the units without which the model is right on the fewest of its samples. No rows where no right answers are known. */
export function ablationClassesCsv({ units, classNames }: Pick<AblationAnalysis, 'units' | 'classNames'>): string {
  const header = ['label', 'class', 'samples', 'right', 'needs', 'pushed_by', 'held_by'];
  const rows = units.labels.map(({ label, place, compared, right, needs }) => {
    const effects = place === null ? undefined : units.classes[place];
    const listed = (list: NonNullable<typeof effects>['push'] = []): string =>
      list.map(({ unit, effect }) => `${unit} (${effect})`).join('; ');
    const without = needs.map((one) => `${one.unit} (${one.right})`).join('; ');
    return [
      ...[label, place === null ? null : classNames[place], compared, right, without],
      ...[listed(effects?.push), listed(effects?.hold)],
    ];
  });
  return csvText([header, ...rows]);
}

/** Formulas alone and what to hold them against: a row each. No rows but the header where no unit is explained. */
export function ablationFormulasCsv({ formulas }: Pick<AblationAnalysis, 'formulas'>): string {
  const header = [
    'what',
    'length',
    'right',
    'compared',
    'accuracy',
    'low',
    'high',
    'same_predictions',
    'kept',
    'told_mean',
  ];
  if (!formulas) return csvText([header]);
  const row = (
    what: string,
    { right, same }: OutcomeShares,
    more: { readonly length?: number; readonly kept?: number | null; readonly told?: number | null } = {},
  ): readonly (string | number | null)[] => [
    ...[what, more.length ?? null, right.hits, right.of, right.share],
    ...[right.interval?.low ?? null, right.interval?.high ?? null, same.share, more.kept ?? null, more.told ?? null],
  ];
  const { whole, explainedOnly, nothing, lengths, mostFrequent } = formulas;
  return csvText([
    header,
    row('whole', whole),
    row('explained-units-only', explainedOnly),
    ...lengths.flatMap(({ length, alone, withOthers, kept, told }) => [
      row('formulas-alone', alone, { length, kept, told: told?.mean ?? null }),
      ...(withOthers ? [row('formulas-with-others', withOthers, { length })] : []),
    ]),
    row('all-off', nothing),
    ...(mostFrequent
      ? [
          [
            ...['most-frequent-label', null, mostFrequent.share.hits, mostFrequent.share.of, mostFrequent.share.share],
            ...[null, null, null, null, null],
          ],
        ]
      : []),
  ]);
}
