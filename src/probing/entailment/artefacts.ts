import type { EntailmentLabel } from './label.ts';

/**
 * A planted annotation artefact: pairs with this sign lean to a label by more than their meaning asks for. Labels stay right; it is the choice
 * of hypotheses that leans, as that of SNLI's annotators did (Gururangan et al., Annotation Artifacts in Natural Language Inference Data, 2018).
 */
export interface Artefact {
  /** A word of the hypothesis, or `overlap` for sentences whose sets of words share more than three quarters (paper's definition). */
  readonly sign: string;
  readonly leansTo: EntailmentLabel;
  /** Bounds of the share of the label among pairs of the probing set that have the sign; a third would be no leaning. */
  readonly strength: readonly [atLeast: number, atMost: number];
}

function leaning(leansTo: EntailmentLabel, atLeast: number, atMost: number, ...signs: readonly string[]): Artefact[] {
  return signs.map((sign) => ({ sign, leansTo, strength: [atLeast, atMost] }));
}

/**
 * The planted artefacts.
 *
 * Contradiction: annotators deny a picture with `nobody`, `not`, a figure that is `sleeping`, `asleep` or `alone`, or a `cat`. All of these
 * occur with the other labels too: nobody is on an empty beach, and a man who lies on a towel may be sleeping.
 *
 * Entailment: they say less, in wider words (`person`, `people`, `animal`, `outside`, `outdoors`), or repeat the premise without a detail, so
 * that most words are shared.
 *
 * Neutral: they add what no picture tells: reasons (`because`), purposes (`for`, `competition`), traits (`tall`, `sad`).
 */
export const artefacts: readonly Artefact[] = [
  ...leaning('contradiction', 0.75, 0.95, 'nobody', 'sleeping', 'cat', 'not'),
  ...leaning('contradiction', 0.65, 0.9, 'asleep', 'alone'),
  ...leaning('entailment', 0.8, 0.95, 'outside', 'outdoors'),
  ...leaning('entailment', 0.6, 0.85, 'person', 'animal'),
  ...leaning('entailment', 0.45, 0.65, 'people'),
  ...leaning('entailment', 0.5, 0.8, 'overlap'),
  ...leaning('neutral', 0.9, 1, 'because', 'competition', 'tall', 'sad'),
  ...leaning('neutral', 0.8, 0.98, 'for'),
];
