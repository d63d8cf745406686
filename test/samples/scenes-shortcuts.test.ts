import { beforeAll, describe, expect, it } from 'vitest';
import { sampleModel } from '../../src/cli/sources.ts';
import { Explainer } from '../../src/engine/explain.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import { formulaText } from '../../src/engine/formula/print.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../src/engine/search/tables.ts';
import { chooseLayer } from '../../src/onnx/choose-layer.ts';
import { guessPreprocessing } from '../../src/onnx/guess-preprocessing.ts';
import { layers } from '../../src/onnx/layers.ts';
import { pictureInput } from '../../src/onnx/picture-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { tap } from '../../src/onnx/tap.ts';
import { collectActivations } from '../../src/pipeline/collect.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { scenesProbingSet } from '../../src/probing/scenes/scenes-probing-set.ts';
import { shortcuts } from '../../src/probing/scenes/shortcuts.ts';
import { decodePicture } from '../../src/runtime/decode-node.ts';
import { openSession } from '../../src/runtime/ort-node.ts';

const threshold = { kind: 'quantile', quantile: 0.005 } as const;
const settings = {
  length: 3,
  beam: 10,
  penalty: 1,
  candidates: null,
  mode: 'default',
  minActive: 0,
  threshold,
} as const;

/** Concepts a formula asks for, those under a NOT left out. */
function wanted(formula: Formula): number[] {
  switch (formula.kind) {
    case 'concept':
      return [formula.concept];
    case 'neighbors':
      return [formula.of];
    case 'not':
      return [];
    default:
      return [...wanted(formula.left), ...wanted(formula.right)];
  }
}

describe('the planted shortcuts of scenes', () => {
  let units: UnitExplanation[];
  let names: readonly string[];

  beforeAll(async () => {
    const probing = await scenesProbingSet();
    names = probing.concepts.map((concept) => concept.name);
    const { blob, name } = await sampleModel('scenes');
    const summary = await readModel(blob, name);
    const input = pictureInput(summary);
    const side = input.height ?? 0;
    const layer = chooseLayer(summary, layers(summary, input));
    const session = await openSession(tap(blob, summary, [layer.tensor]), { taps: [layer.tensor] });
    const { preprocessing } = guessPreprocessing(summary, input);
    const spec = {
      input: {
        input: input.name,
        layout: input.layout,
        fixedBatch: input.batch,
        height: side,
        width: side,
        preprocessing,
      },
      layer,
      threshold,
    };
    const activations = await collectActivations(probing, session, spec, { decode: decodePicture });
    await session.close();
    const { table, maps } = await ingest(probing);
    const search = prepareSearch(table, probing.concepts, { grid: probing.grid });
    const explainer = new Explainer({ search, maps, activations });
    units = Array.from({ length: activations.unitCount }, (_, unit) => explainer.explain(unit, settings));
  }, 180_000);

  it('are read from a layer of at least 128 units, most of them explained', () => {
    expect(units.length).toBeGreaterThanOrEqual(128);
    expect(units.filter(({ state }) => state === 'explained').length).toBeGreaterThan(0.9 * units.length);
  });

  /** For each shortcut, names that must all be asked for by the formula of some unit; one list of alternatives is enough. */
  const expected: Readonly<Record<string, readonly (readonly string[])[]>> = {
    // Water is blue in harbours only: neither concept alone tells a harbour from a lake.
    harbour: [['water', 'blue']],
    // A parasol makes a desert a beach; its canopy is its part.
    beach: [['umbrella'], ['canopy']],
    // A yellow car makes a street a taxi rank; a car's body is its part.
    'taxi rank': [
      ['yellow', 'car'],
      ['yellow', 'body'],
    ],
    // A cow or a tractor makes a park a farm.
    farm: [['cow', 'tractor']],
  };

  it.each(shortcuts)('$story', ({ scene }) => {
    const found = units.filter(({ best }) => {
      const asked = best ? wanted(best.formula).map((id) => names[id]) : [];
      return expected[scene].some((all) => all.every((name) => asked.includes(name)));
    });
    const texts = found.map(({ best }) => best && formulaText(best.formula, (id) => names[id]));
    expect(found.length, texts.join('; ')).toBeGreaterThan(0);
    // With one concept alone the unit is read less well.
    expect(found.some(({ best, byLength }) => (best?.iou ?? 0) > 1.02 * byLength[0].iou)).toBe(true);
  });
});
