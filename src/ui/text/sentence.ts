import type { Concept } from '../../engine/concepts.ts';
import type { Formula } from '../../engine/formula/formula.ts';
import { formulaText } from '../../engine/formula/print.ts';
import type { UnitExplanation } from '../../engine/results/explanation.ts';
import { conceptName } from '../../figures/text/concept-name.ts';
import { iouText } from '../../figures/text/numbers.ts';
import { tagName } from './tag-names.ts';

/** Words of the common probing sets that take no article. */
const uncountable = new Set(
  `water sky sand grass snow ground earth dirt mud food fruit furniture hair fur skin foliage ice smoke fog gravel straw hay
  metal wood glass plastic leather fabric paper brick concrete tile granite ceramic foam carpet stone marble bread rice meat`.split(
    /\s+/,
  ),
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

/**
 * Where a formula holds, as a clause that follows a verb: `where there is a car or a bus outside street scenes`,
 * `where there is a hull or it is white, and it is not leaves`. Formulas that turn between OR and AND more than once cannot be told
 * without brackets and stay formulas.
 */
export function placeText(formula: Formula, concepts: readonly Concept[]): string {
  const chain = steps(formula);
  if (chain === null || turns(chain.rest) > 1)
    return `where ${formulaText(formula, (id) => conceptName(concepts[id]))}`;
  const first = words(chain.first, concepts);
  let text = `where ${first.lead}`;
  let { family } = first;
  // Things can be narrowed by "that is"; other clauses, and mixed ones, take a clause of their own.
  let ending: 'open' | 'narrowed' | 'among' | 'placed' | 'closed' = 'open';
  for (const { kind, part } of chain.rest) {
    const next = words(part, concepts);
    if (kind === 'or') {
      const joins = ending === 'open' && next.family === family;
      text += joins ? ` or ${next.noun}` : `${ending === 'open' ? '' : ','} or ${next.lead}`;
      family = joins || ending !== 'open' ? next.family : 'mixed';
      ending = 'open';
    } else {
      const not = kind === 'and not';
      const [is, isNot] = next.joined;
      const among = next.family === family && (ending === 'open' || ending === 'among') ? next.among : undefined;
      if (among) {
        text += `, ${not ? `but ${among[1]}` : `and ${among[0]}`}`;
        ending = 'among';
      } else if (next.family === 'scene') {
        text += `${ending === 'placed' ? ' and' : ending === 'closed' ? ', and' : family === 'thing' ? '' : ','} ${not ? isNot : is}`;
        ending = 'placed';
      } else if (family === 'thing' && next.narrow && (ending === 'open' || ending === 'narrowed')) {
        text += ` ${ending === 'open' ? 'that is' : 'and'} ${not ? 'not ' : ''}${next.narrow}`;
        ending = 'narrowed';
      } else {
        text += `, and ${not ? isNot : is}`;
        ending = 'closed';
      }
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

/** How often a chain turns from OR to AND or back. */
function turns(rest: readonly Step[]): number {
  return rest.filter(({ kind }, i) => i > 0 && (kind === 'or') !== (rest[i - 1].kind === 'or')).length;
}

function isAtom(formula: Formula): boolean {
  return formula.kind === 'concept' || formula.kind === 'neighbors';
}

interface Words {
  /** Concepts of one family share a lead: `there is water or a river`. */
  readonly family: string;
  readonly noun: string;
  readonly lead: string;
  /** What can follow `that is`; undefined where nothing can. */
  readonly narrow?: string;
  /** The clause that adds it to others, and the one that excludes it. */
  readonly joined: readonly [is: string, isNot: string];
  /** What adds it to others of its own family, and what excludes it from among them; undefined where that takes a whole clause. */
  readonly among?: readonly [is: string, isNot: string];
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
      lead: `the scene is ${noun}`,
      joined: [`in ${noun} scene`, `outside ${name} scenes`],
    };
  }
  if (category === 'overlap') return overlapWords(name);
  const side = /^(pre|hyp):(tok|tag|lemma)$/.exec(category);
  if (side) return sentenceWords(side[1] === 'pre' ? 'the premise' : 'the hypothesis', side[2], name, near);
  const thing = category === 'object' || category === 'part';
  const noun = thing ? withArticle(name) : near ? `like ${name}` : name;
  return {
    family: thing ? 'thing' : category,
    noun,
    lead: thing ? `there is ${noun}` : `it is ${noun}`,
    narrow: noun,
    joined: [`it is ${noun}`, `it is not ${noun}`],
  };
}

function sentenceWords(sentence: string, kind: string, name: string, near: boolean): Words {
  const word = name.replace(/^(pre|hyp):/, '').replace(new RegExp(`^${kind}:`), '');
  const plain = kind === 'tag' ? tagName(word) : kind === 'lemma' ? `a form of “${word}”` : `“${word}”`;
  const noun = near ? `${plain} or a word near it` : plain;
  const lead = `${sentence} has ${noun}`;
  const none = near ? `neither ${plain} nor a word near it` : `not ${plain}`;
  return {
    family: sentence,
    noun,
    lead,
    joined: [lead, near ? `${sentence} has ${none}` : `${sentence} does not have ${plain}`],
    among: [`also ${noun}`, none],
  };
}

/**
 * The words of a concept `overlap-75%`: unique words of both sentences, over those of either; `overlap75` is counted as the reference
 * does, over those of one only (docs/text.md).
 */
function overlapWords(name: string): Words {
  const [, share, sign] = /(\d+)(%?)$/.exec(name) ?? ['', '', ''];
  const told = (is: string, isNot: string): Words => ({ family: 'overlap', noun: is, lead: is, joined: [is, isNot] });
  if (sign === '') {
    const measure = 'the overlap, as the reference counts it, is';
    return told(`${measure} above ${share} %`, `${measure} at most ${share} %`);
  }
  if (share === '0') return told('a word is shared', 'no word is shared');
  return told(`more than ${share} % of the words are shared`, `at most ${share} % of the words are shared`);
}

function withArticle(name: string): string {
  const last = name.split(' ').at(-1) ?? name;
  const bare = uncountable.has(last) || (/[^su]s$/.test(last) && !/(bus|lens|canvas|cactus)$/.test(last));
  return bare ? name : `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}
