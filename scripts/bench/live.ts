import { activationsOfModel } from '../../src/cli/activations.ts';
import { sampleModel, sampleProbing } from '../../src/cli/sources.ts';
import { UnitMasks } from '../../src/engine/activation/unit-masks.ts';
import { Explainer } from '../../src/engine/explain.ts';
import { FormulaCounter } from '../../src/engine/measures/formula-counter.ts';
import { Measurer } from '../../src/engine/measures/measurer.ts';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { ingest } from '../../src/pipeline/ingest.ts';

/** What a person changes on a unit's page, one after the other. */
const changes: Record<string, readonly Partial<ExplainSettings>[]> = {
  threshold: [0.004, 0.003, 0.002, 0.001].map((quantile) => ({ threshold: { kind: 'quantile', quantile } })),
  length_3_to_10: Array.from({ length: 8 }, (_, i) => ({ length: i + 3 })),
  beam: [5, 20, 50].map((beam) => ({ beam })),
  penalty: [0.99, 0.95, 0.9].map((penalty) => ({ penalty })),
  category: ['color', 'scene', 'object'].map((category) => ({ without: [category] })),
};

const kinds = ['firing', 'formula-only', 'unit-only'] as const;

/** Explaining a unit of the sample `scenes` again after a change of settings, (d) of the bench, and its measures and lists. */
export async function benchLive(say: (line: string) => void): Promise<Record<string, number>> {
  const probing = await sampleProbing('scenes');
  const asked = { settings: defaultSettings };
  const { activations } = await activationsOfModel(await sampleModel('scenes'), probing, asked, () => undefined);
  const { table, maps } = await ingest(probing);
  const search = prepareSearch(table, probing.concepts, { grid: probing.grid });
  const masks = new UnitMasks(activations, maps, table.cellCount);
  const inputs = { search, maps, activations };
  const explainer = new Explainer(inputs, masks);
  const measurer = new Measurer(inputs, masks, new FormulaCounter(search, maps));
  const times = new Map<string, number[]>();
  const timed = <Result>(what: string, work: () => Result): Result => {
    const started = performance.now();
    const result = work();
    times.set(what, [...(times.get(what) ?? []), performance.now() - started]);
    return result;
  };
  say(`live: ${activations.unitCount} units of scenes`);
  for (let unit = 0; unit < activations.unitCount; unit++) {
    const { threshold, best } = timed('first', () => explainer.explain(unit, defaultSettings));
    for (const [what, settings] of Object.entries(changes)) {
      for (const change of settings) timed(what, () => explainer.explain(unit, { ...defaultSettings, ...change }));
    }
    if (threshold === null || best === null) continue;
    timed('measure', () => measurer.measure(unit, threshold, best.formula));
    for (const kind of kinds) timed('sample_list', () => measurer.sampleList(unit, threshold, best.formula, kind));
  }
  return Object.fromEntries(
    Array.from(times).flatMap(([what, list]) => {
      const sorted = list.sort((a, b) => a - b);
      return [
        [`live.${what}_ms.median`, sorted[sorted.length >> 1]],
        [`live.${what}_ms.max`, sorted.at(-1) ?? NaN],
      ];
    }),
  );
}
