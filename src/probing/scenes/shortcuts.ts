import type { ColorName, ObjectName, SceneKind } from './vocabulary.ts';

/** What is true of a pixel that gives a scene away: it shows this object and, where given, has this color. */
export interface Evidence {
  readonly object: ObjectName;
  readonly color?: ColorName;
}

/**
 * A shortcut planted in the pictures: two kinds of scenes are drawn by the same code with the same choices, save one thing. A
 * network that tells the two apart must have learned that one thing, so some of its units must look for it.
 */
export interface Shortcut {
  readonly scene: SceneKind;
  /** The kind that is drawn alike, without the evidence. */
  readonly lookalike: SceneKind;
  /** Any of these is enough; no picture of the look-alike has one. */
  readonly evidence: readonly Evidence[];
  /** For people: what was planted. */
  readonly story: string;
}

/**
 * The planted shortcuts.
 *
 * Water is blue in harbours only. Lakes have the same shores, quays, boats, skies and people, but green water, and so have the
 * sea, the ponds and the tarns of all other scenes. Skies are blue everywhere, so blue alone tells nothing: expect
 * `water AND blue`.
 *
 * Beaches and deserts share sand, dunes, sea, palms, cacti, camels, towels and people. A parasol stands in every picture of a
 * beach and in no desert, whatever its colors: expect `umbrella`.
 *
 * Taxi ranks are streets in which at least one car is yellow. Streets have the same houses, road and cars of all other colors:
 * expect `car AND yellow`, since neither a car nor yellow alone decides.
 *
 * Farms are parks with a cow or a tractor, never both. Sheep, houses, fences, trees, ponds, benches and people occur in both:
 * expect `cow` or `tractor`, or a unit that answers to both, `cow OR tractor`.
 */
export const shortcuts: readonly Shortcut[] = [
  {
    scene: 'harbour',
    lookalike: 'lake',
    evidence: [{ object: 'water', color: 'blue' }],
    story: 'Water is blue in harbours only.',
  },
  {
    scene: 'beach',
    lookalike: 'desert',
    evidence: [{ object: 'umbrella' }],
    story: 'A parasol makes a desert a beach.',
  },
  {
    scene: 'taxi rank',
    lookalike: 'street',
    evidence: [{ object: 'car', color: 'yellow' }],
    story: 'A yellow car makes a street a taxi rank.',
  },
  {
    scene: 'farm',
    lookalike: 'park',
    evidence: [{ object: 'cow' }, { object: 'tractor' }],
    story: 'A cow or a tractor makes a park a farm.',
  },
];
