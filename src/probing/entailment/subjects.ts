import type { Dice } from '../scenes/random.ts';
import type { Claim } from './claims.ts';
import { barePhrase, withArticle } from './phrases.ts';
import type { Scene } from './scene.ts';
import { animals, cat, people } from './words/figures.ts';
import type { Figure } from './words/figures.ts';

/** Whom a hypothesis speaks of. */
export interface Subject {
  readonly words: string;
  readonly count: number;
  readonly claims: readonly Claim[];
}

/** The figures of the scene by their own word, nothing else told of them. */
export function sameSubject({ figures, count }: Scene, dice: Dice): Subject {
  if (figures.length === 2) {
    const article = dice.chance(0.5);
    const words = figures.map(({ one }) => (article ? withArticle(one) : `the ${one}`)).join(' and ');
    return { words, count, claims: figures.map((word) => ({ kind: 'figure', word, count: null })) };
  }
  return { words: barePhrase(figures[0].one, count, dice), count, claims: [figureClaim(figures[0])] };
}

/** The figures by a wider word; `person`, `people` and `animal` more often than the rest. */
export function widerSubject({ figures, count }: Scene, dice: Dice): Subject {
  const common = figures[0].species === 'person' ? 'person' : 'animal';
  const shared = figures[0].general.filter((word) => figures.every(({ general }) => general.includes(word)));
  const word = dice.chance(0.7) ? common : dice.pick(shared);
  if (count === 1 && common === 'person' && dice.chance(0.12))
    return { words: 'someone', count, claims: [{ kind: 'figure', word: 'person', count: null }] };
  return { words: barePhrase(word, count, dice), count, claims: [{ kind: 'figure', word, count: null }] };
}

/** The figures by their own word, or now and then by a wider one. */
export function anySubject(scene: Scene, dice: Dice, wider = 0.12): Subject {
  return dice.chance(wider) ? widerSubject(scene, dice) : sameSubject(scene, dice);
}

/** Figures of the other gender, or animals of another kind; undefined where the premise leaves that open. */
export function otherFigure({ figures }: Scene, dice: Dice): Figure | undefined {
  const [figure] = figures;
  if (figures.length !== 1) return undefined;
  if (figure.species === 'animal') {
    const kinds = [figure.one, ...figure.general.filter((word) => word !== 'animal')];
    const others = animals.filter(
      ({ one, general }) => !kinds.includes(one) && !general.some((g) => kinds.includes(g)),
    );
    return dice.pick(others);
  }
  if (figure.gender === null) return undefined;
  const [man, woman, boy, girl] = people;
  const pool = figure.gender === 'male' ? [woman, girl] : [man, boy];
  return pool.find(({ age }) => age === figure.age) ?? pool[0];
}

/** A cat that is none of the scene's figures; undefined where a cat is. */
export function wrongCat({ figures }: Scene): Figure | undefined {
  return figures.includes(cat) ? undefined : cat;
}

/** `man` is told of the figures, their number left open. */
export function figureClaim(word: Figure | string): Claim {
  return { kind: 'figure', word, count: null };
}
