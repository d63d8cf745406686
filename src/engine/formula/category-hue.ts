/** The hues that categories have, in the page and in reports. */
export type CategoryHue =
  'scene' | 'object' | 'part' | 'material' | 'texture' | 'color' | 'other' | 'pre-lemma' | 'hyp-lemma';

const hues: Readonly<Record<string, CategoryHue>> = {
  scene: 'scene',
  object: 'object',
  part: 'part',
  material: 'material',
  texture: 'texture',
  color: 'color',
  'pre:tok': 'object',
  'pre:tag': 'part',
  'hyp:tok': 'scene',
  'hyp:tag': 'texture',
  'pre:lemma': 'pre-lemma',
  'hyp:lemma': 'hyp-lemma',
  overlap: 'material',
};

/** The hue of a category. Premise and hypothesis, word, tag and lemma, stay apart; unknown categories share one. */
export const categoryHue = (category: string): CategoryHue =>
  Object.hasOwn(hues, category) ? hues[category] : 'other';
