const known = new Set(['scene', 'object', 'part', 'material', 'texture', 'color']);
const text: Readonly<Record<string, string>> = {
  'pre:tok': 'object',
  'pre:tag': 'part',
  'hyp:tok': 'scene',
  'hyp:tag': 'texture',
  overlap: 'material',
};

/** The class of a category's color, see categories.css. Premise and hypothesis, word and tag, stay apart; unknown categories share one. */
export function categoryClass(category: string): string {
  return `category-${known.has(category) ? category : (text[category] ?? 'other')}`;
}
