import { formulaText } from '../formula/print.ts';
import { csvText } from '../results/csv.ts';
import type { LayerResults } from '../results/layer-results.ts';
import { version } from '../version.ts';
import type { ContributionMeasure, Contributions } from './contributions.ts';

/** What an upper unit is made of, with the layers that it is about. */
export interface UnitContributions extends Contributions {
  readonly by: ContributionMeasure;
  /** Results of the layer of {@link UnitContributions.unit}. */
  readonly upper: LayerResults;
  readonly unit: number;
  /** Results of the layer that it is made of. */
  readonly lower: LayerResults;
}

/** Name of the layer that results are of. */
export const layerOf = ({ activations }: Pick<LayerResults, 'activations'>): string =>
  activations.kind === 'model' ? activations.layer : activations.name;

/** Contributors and inhibitors as a table: a row a lower unit, the strongest first. */
export function contributionsCsv(made: UnitContributions): string {
  const header = ['upper_layer', 'unit', 'by', 'lower_layer', 'way', 'rank', 'lower_unit', 'value', 'iou', 'formula'];
  const rows = entries(made).map(({ way, rank, unit, value, iou, formula }) => {
    return [layerOf(made.upper), made.unit, made.by, layerOf(made.lower), way, rank, unit, value, iou, formula];
  });
  return csvText([header, ...rows]);
}

/** The same as JSON, with the hashes that say what it was made from; `docs/contributions.md` has the schema. */
export function contributionsJson(made: UnitContributions): string {
  const { upper, lower, unit, by, unknown } = made;
  const layer = (results: LayerResults): object => ({
    layer: layerOf(results),
    settings: results.settings,
    unitCount: results.unitCount,
  });
  const list = (wanted: string): object[] =>
    entries(made)
      .filter(({ way }) => way === wanted)
      .map(({ unit: number, value, iou, formula }) => ({ unit: number, value, iou, formula }));
  const { name, hash } = upper.activations;
  const { title, contentHash } = upper.probing;
  const json = {
    schema: 'formulens/contributions/1',
    madeBy: `Formulens ${version}`,
    model: { name, hash },
    probing: { title, contentHash, samplesRead: upper.samplesRead },
    upper: layer(upper),
    lower: layer(lower),
    unit,
    formula: formulaOf(upper, unit),
    by,
    contributors: list('contributor'),
    inhibitors: list('inhibitor'),
    unknown,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function entries({ contributors, inhibitors, lower }: UnitContributions) {
  return Object.entries({ contributor: contributors, inhibitor: inhibitors }).flatMap(([way, some]) =>
    some.map(({ unit, value }, at) => {
      const iou = lower.units.find((explanation) => explanation.unit === unit)?.best?.iou ?? null;
      return { way, rank: at + 1, unit, value, iou, formula: formulaOf(lower, unit) };
    }),
  );
}

/** A unit's best formula as text; null where it has none. */
function formulaOf({ units, concepts }: LayerResults, unit: number): string | null {
  const best = units.find((explanation) => explanation.unit === unit)?.best;
  return best ? formulaText(best.formula, (id) => concepts[id].name) : null;
}
