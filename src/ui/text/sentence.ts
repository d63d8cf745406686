import type { Concept } from '../../engine/concepts.ts';
import type { Formula } from '../../engine/formula/formula.ts';
import { formulaText } from '../../engine/formula/print.ts';
import type { UnitExplanation } from '../../engine/results/explanation.ts';
import { conceptName } from './concept-name.ts';
import { iouText } from './numbers.ts';

/** Words of the common probing sets that take no article. */
const uncountable = new Set(
  `water sky sand grass snow ground earth dirt mud food fruit furniture hair fur skin foliage ice smoke fog gravel straw hay
  metal wood glass plastic leather fabric paper brick concrete tile granite ceramic foam carpet stone marble bread rice meat`
    .split(/\s+/),
);

type Step = { readonly kind: 'or' | 'and' | 'and not'; readonly part: Formula };

/**
 * A unit in one sentence: `Unit 39 fires where there is water or a river that is not blue. IoU 0.160.`
 * A unit without a formula is told with the reason.
 */
export function unitSentence(explanation: UnitExplanation, concepts: readonly Concept[]): string {
  const { unit, best } = explanation;
  if (best === null) return `Unit ${unit} has no formula: ${stateReason(explanation)}.`;
  return `Unit ${unit} fires ${placeText(best.formula, concepts)}. IoU ${iouText(best.iou)}.`;
}

/** Why a unit has no formula, as half a sentence. */
export function stateReason({ state, area }: UnitExplanation): string {
  switch (state) {
    case 'explained':
      return 'it is explained';
    case 'unrelated':
      return 'it fires, but no concept overlaps its mask';
    case 'constant':
      return 'all its activations are equal';
    case 'silent':
      return 'no activation lies above its threshold';
    case 'too-few':
      return `its mask has only ${area} positions, fewer than asked for`;
    case 'not-finite':
      return 'its activations are not all finite numbers';
  }
}

/** Where a formula holds, as a clause that follows a verb: `where there is a car or a bus outside street scenes`. */
export function placeText(formula: Formula, concepts: readonly Concept[]): string {
  const chain = steps(formula);
  if (chain === null) return `where ${formulaText(formula, (id) => conceptName(concepts[id]))}`;
  const name = (part: Formula): Words => words(part, concepts);
  let text = name(chain.first).lead;
  let family = name(chain.first).family;
  let narrowed: Step['kind'] | null = null;
  for (const { kind, part } of chain.rest) {
    const next = name(part);
    if (kind === 'or') {
      text += narrowed === null && next.family === family ? ` or ${next.noun}` : `, or ${next.lead}`;
      narrowed = null;
      family = next.family;
    } else {
      const joint = narrowed === null || next.family === 'scene' ? ' ' : ' and ';
      text += joint + (kind === 'and' ? next.also : next.except);
      narrowed = kind;
    }
  }
  return text;
}

/** The formula as a first concept and what each step adds; null where it was not grown to the left. */
function steps(formula: Formula): { first: Formula; rest: Step[] } | null {
  if (isAtom(formula)) return { first: formula, rest: [] };
  if (formula.kind !== 'and' && formula.kind !== 'or') return null;
  const before = steps(formula.left);
  const { right } = formula;
  if (before === null) return null;
  if (isAtom(right)) return { first: before.first, rest: [...before.rest, { kind: formula.kind, part: right }] };
  if (right.kind === 'not' && isAtom(right.of) && formula.kind === 'and') {
    return { first: before.first, rest: [...before.rest, { kind: 'and not', part: right.of }] };
  }
  return null;
}

function isAtom(formula: Formula): boolean {
  return formula.kind === 'concept' || formula.kind === 'neighbors';
}

interface Words {
  /** Concepts of one family share a lead: `where there is water or a river`. */
  readonly family: string;
  readonly noun: string;
  readonly lead: string;
  readonly also: string;
  readonly except: string;
}

function words(part: Formula, concepts: readonly Concept[]): Words {
  const near = part.kind === 'neighbors';
  const concept = concepts[part.kind === 'concept' ? part.concept : part.kind === 'neighbors' ? part.of : 0];
  const name = conceptName(concept);
  const { category } = concept;
  if (category === 'scene') {
    const noun = withArticle(name);
    return {
      family: 'scene',
      noun,
      lead: `anywhere in ${noun} scene`,
      also: `in ${noun} scene`,
      except: `outside ${name} scenes`,
    };
  }
  if (category === 'color') {
    return { family: 'color', noun: name, lead: `where it is ${name}`, also: `that is ${name}`, except: `that is not ${name}` };
  }
  const side = /^(pre|hyp):(tok|tag)$/.exec(category);
  if (side) {
    const [, half, what] = side;
    const word = name.replace(/^(pre|hyp):((tok|tag):)?/, '');
    const noun = what === 'tok' ? (near ? `a word like "${word}"` : `"${word}"`) : `the tag ${word}`;
    const sentence = half === 'pre' ? 'the premise' : 'the hypothesis';
    return {
      family: category,
      noun,
      lead: `where ${sentence} has ${noun}`,
      also: `where ${sentence} has ${noun}`,
      except: `where ${sentence} does not have ${noun}`,
    };
  }
  if (category === 'object' || category === 'part') {
    const noun = withArticle(name);
    return { family: 'thing', noun, lead: `where there is ${noun}`, also: `that is also ${noun}`, except: `that is not ${noun}` };
  }
  const shown = near ? `like ${name}` : name;
  return { family: category, noun: shown, lead: `where it is ${shown}`, also: `that is ${shown}`, except: `that is not ${shown}` };
}

function withArticle(name: string): string {
  const last = name.split(' ').at(-1) ?? name;
  const bare = uncountable.has(last) || (/[^su]s$/.test(last) && !/(bus|lens|canvas|cactus)$/.test(last));
  return bare ? name : `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}
