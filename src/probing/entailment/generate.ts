import { ENTAILMENT_LABELS } from '../../engine/text/sentence-pair.ts';
import { diceFor } from '../scenes/random.ts';
import type { Dice } from '../scenes/random.ts';
import type { Claim, Hypothesis, HypothesisTemplate } from './claims.ts';
import { contradicted } from './hypotheses/contradicted.ts';
import { ofEmptyPlace } from './hypotheses/empty-place.ts';
import { entailed } from './hypotheses/entailed.ts';
import { undecided } from './hypotheses/undecided.ts';
import type { EntailmentLabel } from './label.ts';
import { premiseTemplates, tellEmptyPlace } from './premises.ts';
import type { PremiseTemplate } from './premises.ts';
import { drawSceneOf } from './scene.ts';
import type { Scene } from './scene.ts';

/** Changes whenever the same seed gives other pairs. */
export const generatorVersion = 1;

/**
 * Which templates tell the pairs: those of training; those held out of it, for premise and hypothesis both; or all, as in the probing set.
 */
export type TemplatePool = 'train' | 'heldout' | 'probing';

/** A generated pair, with what its sentences mean. */
export interface GeneratedPair {
  readonly premise: string;
  readonly hypothesis: string;
  readonly gold: EntailmentLabel;
  /** What the premise tells. */
  readonly scene: Scene;
  /** What the hypothesis says. */
  readonly claims: readonly Claim[];
}

interface Templates {
  readonly premises: readonly PremiseTemplate[];
  readonly hypotheses: Readonly<Record<EntailmentLabel, readonly HypothesisTemplate[]>>;
}

const byLabel = { entailment: entailed, neutral: undecided, contradiction: contradicted };

function templatesOf(pool: TemplatePool): Templates {
  const chosen = <Template extends { heldOut?: true }>(all: readonly Template[]) =>
    pool === 'probing' ? all : all.filter(({ heldOut }) => (heldOut === true) === (pool === 'heldout'));
  return {
    premises: chosen(premiseTemplates),
    hypotheses: {
      entailment: chosen(byLabel.entailment),
      neutral: chosen(byLabel.neutral),
      contradiction: chosen(byLabel.contradiction),
    },
  };
}

/**
 * Pairs `3i`, `3i + 1` and `3i + 2` share a premise, and one of them has each label, as in SNLI. A premise depends on the seed and its number
 * alone, so a longer series begins with the shorter one.
 *
 * @param seed a whole number
 * @param count pairs, from 0
 */
export function generatePairs(seed: number, count: number, pool: TemplatePool): GeneratedPair[] {
  const templates = templatesOf(pool);
  const pairs: GeneratedPair[] = [];
  for (let number = 0; pairs.length < count; number += 1) {
    for (const pair of pairsOf(diceFor(seed, number), templates)) if (pairs.length < count) pairs.push(pair);
  }
  return pairs;
}

function pairsOf(dice: Dice, { premises, hypotheses }: Templates): GeneratedPair[] {
  const scene = drawSceneOf(dice);
  const { deed, place } = scene;
  const labels = dice.shuffled(ENTAILMENT_LABELS);
  if (!deed) {
    if (!place) throw new RangeError('a scene has a deed or a place');
    const premise = tellEmptyPlace(place.noun, dice);
    return labels.map((gold) => {
      const { text, claims } = ofEmptyPlace(place, gold, dice);
      return { premise, hypothesis: text, gold, scene, claims };
    });
  }
  const template = dice.pick(premises.filter(({ fits }) => !fits || fits(scene)));
  const premise = template.tell(scene, deed);
  const retell = (other: Scene) =>
    (!template.fits || template.fits(other) ? template : premises[0]).tell(other, other.deed ?? deed);
  return labels.map((gold) => {
    const { text, claims } = hypothesisOf(hypotheses[gold], { scene, dice, retell });
    return { premise, hypothesis: text, gold, scene, claims };
  });
}

/** Tries templates at random, the heavy ones first, until one fits. */
function hypothesisOf(
  templates: readonly HypothesisTemplate[],
  told: Parameters<HypothesisTemplate['make']>[0],
): Hypothesis {
  let left = templates;
  while (left.length > 0) {
    const template = heavyPick(left, told.dice);
    const hypothesis = template.make(told);
    if (hypothesis) return hypothesis;
    left = left.filter((other) => other !== template);
  }
  throw new RangeError('no template fits the scene');
}

function heavyPick(templates: readonly HypothesisTemplate[], dice: Dice): HypothesisTemplate {
  let lot = dice.unit() * templates.reduce((sum, { weight }) => sum + weight, 0);
  return templates.find(({ weight }) => (lot -= weight) < 0) ?? templates[templates.length - 1];
}
