import type { Dice } from '../scenes/random.ts';
import type { Scene } from './scene.ts';
import type { Deed } from './words/deeds.ts';
import type { Figure } from './words/figures.ts';
import type { Garment } from './words/looks.ts';
import type { Place } from './words/places.ts';
import type { Time } from './words/times.ts';

/**
 * One thing that a hypothesis says. Premise and hypothesis speak of the same picture and the same figures, as SNLI's annotators were told:
 * `A woman is running` contradicts `A man is running`.
 *
 * - figure: there are figures of this kind, or of this wider word; `count` null where it is not told
 * - deed: the figures do this
 * - place: they are there; a phrase of its own says only outdoors or indoors, or names an area
 * - worn: they wear this
 * - age, time, alone: as a scene tells it
 * - empty: nobody is there
 * - nobody: no figure of the picture is or does what `of` says
 * - not: the opposite of `of`
 * - unknown: something that no premise tells
 */
export type Claim =
  | { readonly kind: 'figure'; readonly word: Figure | string; readonly count: number | null }
  | { readonly kind: 'deed'; readonly deed: Deed }
  | { readonly kind: 'place'; readonly place: Place | string }
  | { readonly kind: 'worn'; readonly garment: Garment; readonly color: string | null }
  | { readonly kind: 'age'; readonly age: 'young' | 'old' }
  | { readonly kind: 'time'; readonly time: Time }
  | { readonly kind: 'fur'; readonly fur: string }
  | { readonly kind: 'alone' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'nobody'; readonly of: Claim }
  | { readonly kind: 'not'; readonly of: Claim }
  | { readonly kind: 'unknown' };

/** Something that no premise tells. */
export const unknown: Claim = { kind: 'unknown' };

/** All that a scene with figures tells, as claims. */
export function claimsOf({ figures, count, age, fur, worn, deed, place, time, lone }: Scene): Claim[] {
  const claims: Claim[] = figures.map((word) => ({ kind: 'figure', word, count: figures.length === 1 ? count : null }));
  if (figures.length > 1) claims.push({ kind: 'figure', word: 'person', count });
  if (age) claims.push({ kind: 'age', age });
  if (fur) claims.push({ kind: 'fur', fur });
  if (worn) claims.push({ kind: 'worn', ...worn });
  if (deed) claims.push({ kind: 'deed', deed });
  if (place) claims.push({ kind: 'place', place });
  if (time) claims.push({ kind: 'time', time });
  if (lone) claims.push({ kind: 'alone' });
  return claims;
}

/** A hypothesis: its sentence and what it says. */
export interface Hypothesis {
  readonly text: string;
  readonly claims: readonly Claim[];
}

/** A way to make a hypothesis of one label. */
export interface HypothesisTemplate {
  readonly name: string;
  /** How often it is tried, relative to the others of its label. */
  readonly weight: number;
  /** Never used in training. */
  readonly heldOut?: true;
  /** Undefined where it does not fit the scene. */
  make(told: Told): Hypothesis | undefined;
}

/** What a template may look at. */
export interface Told {
  readonly scene: Scene;
  readonly dice: Dice;
  /** Tells another scene as the premise was told. */
  retell(scene: Scene): string;
}
