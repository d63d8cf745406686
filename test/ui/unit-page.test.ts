import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { differingTokens } from '../../src/ui/formula/difference.ts';
import { tokens } from '../../src/ui/formula/tokens.ts';
import {
  largestQuantile,
  quantileAt,
  quantilePlace,
  quantileSteps,
  smallestQuantile,
} from '../../src/ui/pages/unit/quantile-scale.ts';
import { settingChanges } from '../../src/ui/pages/unit/setting-changes.ts';
import { formulaMeasures, scoredMeasures, unitMeasures } from '../../src/ui/pages/unit/measures-text.ts';
import { iouChange, signedIou } from '../../src/ui/text/iou-change.ts';

const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });
const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });
const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
const not = (of: Formula): Formula => ({ kind: 'not', of });

/** Text of the parts that differ. */
function marked(formula: Formula, other: Formula): string {
  const differs = differingTokens(formula, other);
  return tokens(formula)
    .filter((_, index) => differs[index])
    .map((token) => (token.kind === 'concept' ? String(token.concept) : token.text))
    .join(' ');
}

describe('what differs between formulas', () => {
  it('is the other operator and concept, wherever they stand', () => {
    const best = and(or(concept(1), concept(2)), not(concept(3)));
    expect(marked(and(or(concept(1), concept(2)), not(concept(4))), best)).toBe('4');
    expect(marked(or(concept(1), concept(2)), best)).toBe('');
    expect(marked(and(or(concept(1), concept(5)), not(concept(3))), best)).toBe('5');
    expect(marked(and(and(or(concept(1), concept(2)), not(concept(3))), concept(6)), best)).toBe('AND 6');
  });

  it('is nothing between a formula and itself, and never a bracket', () => {
    const formulas: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
      formula: fc.oneof(
        { maxDepth: 4 },
        fc.nat(5).map(concept),
        tie('formula').map(not),
        fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => or(left, right)),
        fc.tuple(tie('formula'), tie('formula')).map(([left, right]) => and(left, right)),
      ),
    })).formula;
    fc.assert(
      fc.property(formulas, formulas, (one, other) => {
        expect(differingTokens(one, one)).not.toContain(true);
        const differs = differingTokens(one, other);
        expect(tokens(one).some(({ kind }, index) => kind === 'bracket' && differs[index])).toBe(false);
        const written = (formula: Formula): string[] =>
          tokens(formula).map((token) => (token.kind === 'concept' ? String(token.concept) : token.text));
        const kept = written(one).filter((_, index) => !differs[index] && tokens(one)[index].kind !== 'bracket');
        const theirs = written(other);
        let at = 0;
        for (const word of kept) {
          at = theirs.indexOf(word, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('the slider for quantiles', () => {
  const limits = fc.double({ min: 0.002, max: 1, noNaN: true });

  it('keeps the results’ own value exactly at its place, and never leaves what is kept', () => {
    fc.assert(
      fc.property(limits, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(quantileSteps), (limit, share, place) => {
        const largest = largestQuantile(limit);
        // Rounding may lead beyond the end.
        const own = Math.min(largest, smallestQuantile + share * (largest - smallestQuantile));
        expect(quantileAt(quantilePlace(own, largest), largest, own)).toBe(own);
        const quantile = quantileAt(place, largest, own);
        expect(quantile).toBeLessThanOrEqual(Math.max(limit, smallestQuantile * 2));
        expect(quantile).toBeGreaterThanOrEqual(smallestQuantile * 0.95);
      }),
    );
  });

  it('rises from end to end', () => {
    const largest = largestQuantile(1);
    const values = Array.from({ length: quantileSteps + 1 }, (_, place) => quantileAt(place, largest, null));
    expect(values[0]).toBe(0.0005);
    expect(values.at(-1)).toBe(0.2);
    expect(values).toEqual([...values].sort((one, other) => one - other));
    expect(new Set(values).size).toBeGreaterThan(quantileSteps * 0.8);
  });
});

describe('what settings change', () => {
  const changed = (change: Partial<ExplainSettings>): readonly string[] =>
    settingChanges({ ...defaultSettings, ...change }, defaultSettings);

  it('is nothing for the same settings, lists in another order too', () => {
    expect(changed({})).toEqual([]);
    expect(changed({ operators: [...defaultSettings.operators].reverse() })).toEqual([]);
  });

  it('is said with what the results have', () => {
    expect(changed({ length: 5, threshold: { kind: 'quantile', quantile: 0.01 } })).toEqual([
      'threshold at 1 % of positions (results: at 0.5 % of positions)',
      'length 5 (results: 3)',
    ]);
    expect(changed({ operators: ['or'], without: ['color'] })).toEqual([
      'without AND',
      'without AND NOT',
      'without NEIGHBORS',
      'without color',
    ]);
  });

  it('names what comes back', () => {
    const base = { ...defaultSettings, operators: ['or'] as const, without: ['color'] };
    expect(settingChanges(defaultSettings, base)).toContain('with color');
    expect(settingChanges(defaultSettings, base)).toContain('with AND NOT');
  });
});

describe('a difference of IoUs', () => {
  it('has its sign, and enough digits to be seen', () => {
    const values = [0.0123, -0.0123, 0.0005, 0.0004, -0.000031, 0.0000004, 0, -0];
    expect(values.map(signedIou)).toEqual(['+0.012', '−0.012', '+0.001', '+0.0004', '−0.00003', '±0', '±0', '±0']);
  });

  it('is told with both numbers', () => {
    expect(iouChange(0.172, 0.16, 'in the results')).toBe('IoU 0.172, 0.012 more than in the results (0.160).');
    expect(iouChange(0.1601, 0.16, 'in the results')).toBe('IoU 0.160, the same as in the results.');
  });
});

describe('the numbers', () => {
  const scored = { formula: concept(1), size: 400, intersection: 100, iou: 100 / 500, score: 0.2 };
  const text = (measures: readonly { name: string; value: string }[]): Record<string, string> =>
    Object.fromEntries(measures.map(({ name, value }) => [name, value]));

  it('of an explanation alone are those that follow from its counts, as measured', () => {
    const measured = {
      ...scored,
      area: 200,
      activationCoverage: 0.5,
      detectionAccuracy: 0.25,
      samplesCoverage: null,
      explanationCoverage: 1,
      auroc: null,
      parts: [],
    };
    const whole = text(formulaMeasures(measured, 10_000));
    expect(whole).toMatchObject(text(scoredMeasures(scored, 200, 10_000)));
    expect(whole).toMatchObject({
      IoU: '0.200',
      'Activation coverage': '50 %',
      'Detection accuracy': '25 %',
      'Samples coverage': 'none',
      'Explanation coverage': '100 %',
      AUROC: 'none',
      'In both': '100',
      'Formula area': '400, 4 %',
    });
  });

  it('of a unit that fires nowhere are told without a division by nothing', () => {
    const silent = { unit: 0 as UnitId, state: 'silent', threshold: null, area: 0, firing: 0 } as const;
    const none = { best: null, byLength: [], beam: [], top: [] };
    expect(text(unitMeasures({ ...silent, ...none }, 10_000, 0))).toEqual({
      'Threshold T': 'none',
      'Mask area': '0, 0 %',
      'Fires in': '0 of 0 samples',
    });
    expect(text(scoredMeasures({ ...scored, size: 0, intersection: 0, iou: 0 }, 0, 10))).toMatchObject({
      'Activation coverage': 'none',
      'Detection accuracy': 'none',
    });
  });
});
