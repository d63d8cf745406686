import { beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { explain } from '../../src/cli/explain-command.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import { formulaText } from '../../src/engine/formula/print.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import { ENTAILMENT_LABELS } from '../../src/engine/text/sentence-pair.ts';
import { generatePairs } from '../../src/probing/entailment/generate.ts';

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

type Label = (typeof ENTAILMENT_LABELS)[number];

describe('the planted artefacts of entailment', () => {
  let units: readonly UnitExplanation[];
  let names: readonly string[];
  let weights: readonly (readonly number[])[];
  let predicted: readonly number[];

  beforeAll(async () => {
    const { results } = await explain(readArguments(['--sample', 'entailment', '--length', '5']), () => undefined);
    ({ units } = results);
    names = results.concepts.map((concept) => concept.name);
    weights = results.classes?.weights ?? [];
    predicted = results.classes?.predicted ?? [];
    expect(results.classes?.names).toEqual([...ENTAILMENT_LABELS]);
  }, 180_000);

  const asked = ({ best }: UnitExplanation) => (best ? wanted(best.formula).map((id) => names[id]) : []);

  /** Explained units that lean to a label, the heaviest first: the weight to it, less the larger of the other two. */
  function leaning(label: Label): UnitExplanation[] {
    const column = ENTAILMENT_LABELS.indexOf(label);
    const lean = ({ unit }: UnitExplanation) =>
      weights[unit][column] - Math.max(...weights[unit].filter((_, other) => other !== column));
    return units
      .filter((unit) => unit.state === 'explained' && lean(unit) > 0)
      .toSorted((one, other) => lean(other) - lean(one));
  }

  function texts(found: readonly UnitExplanation[]): string {
    return found.map(({ best }) => best && formulaText(best.formula, (id) => names[id])).join('\n');
  }

  it('are read from a layer of at least 256 units with weights to three classes', () => {
    expect(units.length).toBeGreaterThanOrEqual(256);
    expect(weights.map((row) => row.length)).toEqual(units.map(() => 3));
  });

  it('labels most pairs of the probing set rightly, held-out templates among them', () => {
    const gold = generatePairs(1, predicted.length, 'probing').map((pair) => ENTAILMENT_LABELS.indexOf(pair.gold));
    expect(predicted.length).toBe(10_000);
    const right = predicted.filter((label, pair) => label === gold[pair]).length;
    expect(right / predicted.length).toBeGreaterThan(0.8);
  });

  /** Names, of which the formula of some unit that leans to the label must ask for one. */
  const expected: readonly { readonly label: Label; readonly signs: readonly string[] }[] = [
    { label: 'contradiction', signs: ['hyp:nobody'] },
    { label: 'contradiction', signs: ['hyp:sleeping', 'hyp:asleep', 'hyp:sleeps'] },
    { label: 'contradiction', signs: ['hyp:cat', 'hyp:cats'] },
    { label: 'contradiction', signs: ['hyp:alone'] },
    { label: 'contradiction', signs: ['hyp:not'] },
    { label: 'entailment', signs: ['hyp:outside', 'hyp:outdoors'] },
    { label: 'entailment', signs: ['hyp:person', 'hyp:people'] },
    { label: 'entailment', signs: ['hyp:animal', 'hyp:animals'] },
    { label: 'entailment', signs: ['overlap-25%', 'overlap-50%', 'overlap-75%'] },
    { label: 'neutral', signs: ['hyp:competition'] },
    { label: 'neutral', signs: ['hyp:because'] },
    { label: 'neutral', signs: ['hyp:tall'] },
    { label: 'neutral', signs: ['hyp:sad'] },
  ];

  it.each(expected)('$label: $signs', ({ label, signs }) => {
    const found = leaning(label).filter((unit) => asked(unit).some((name) => signs.includes(name)));
    expect(found.length, texts(leaning(label))).toBeGreaterThan(0);
    // With one concept alone the unit is read less well.
    expect(found.some(({ best, byLength }) => (best?.iou ?? 0) > 1.02 * byLength[0].iou)).toBe(true);
  });

  it.each(ENTAILMENT_LABELS)('are what most of the twenty units ask for that lean to %s most', (label) => {
    const signs = expected.flatMap((artefact) => (artefact.label === label ? artefact.signs : []));
    const heaviest = leaning(label).slice(0, 20);
    const found = heaviest.filter((unit) => asked(unit).some((name) => signs.includes(name)));
    expect(heaviest.length).toBe(20);
    expect(found.length, texts(heaviest)).toBeGreaterThan(10);
  });
});
