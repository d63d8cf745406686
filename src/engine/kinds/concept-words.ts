import type { Concept } from '../concepts.ts';
import { bareName, foldName } from '../formula/bare-name.ts';
import type { NounTree } from './noun-tree.ts';

/** Names of sentence pairs' concepts: the side, and tag or lemma in front of a tag's or a lemma's name. */
const ofPairs = /^[^:]+:(tok|lemma|tag)$/;

/**
 * The words that a concept's name consists of, in small letters, as they are looked up. Of a name with several meanings side by side (`person, individual` or
 * `building;edifice`) each is an entry. Of sentence pairs the word without its side. None of part-of-speech tags and of overlap, which name no thing.
 */
export function conceptTerms({ name, category }: Pick<Concept, 'name' | 'category'>): readonly string[] {
  const kind = ofPairs.exec(category)?.[1];
  if (kind === 'tag' || category === 'overlap') return [];
  if (kind !== undefined) return [foldName(name.replace(/^[^:]+:(?:(?:tok|lemma):(?=.))?/, ''))];
  return foldName(bareName({ name, category }))
    .split(/[,;/]/)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}

/**
 * The senses of a name: of the whole of it as one lemma, else of its last words, as many as make a lemma (`swivel chair` is a lemma, of `garage door` only the last
 * word); where no last word is a noun, the same without it (`bow window-indoor`). Plurals count as their singular.
 */
export function nounSenses(tree: NounTree, term: string): readonly number[] {
  const words = term.split(/[\s-]+/).filter((word) => word !== '');
  const whole = tree.senses(term.replaceAll(' ', '_'));
  if (whole.length > 0) return whole;
  for (let end = words.length; end > 0; end--) {
    for (let start = 0; start < end; start++) {
      for (const last of singulars(words[end - 1])) {
        const senses = tree.senses([...words.slice(start, end - 1), last].join('_'));
        if (senses.length > 0) return senses;
      }
    }
  }
  return [];
}

/** Those senses of a name that are colors; all of it where none is. */
export function colorSenses(tree: NounTree, term: string): readonly number[] {
  const [color] = tree.senses('color');
  const isColor = (synset: number): boolean => synset === color || tree.hypernyms(synset).some(isColor);
  const senses = nounSenses(tree, term);
  const colors = senses.filter(isColor);
  return colors.length > 0 ? colors : senses;
}

const irregular: Readonly<Record<string, string>> = {
  children: 'child',
  feet: 'foot',
  geese: 'goose',
  leaves: 'leaf',
  lives: 'life',
  loaves: 'loaf',
  mice: 'mouse',
  shelves: 'shelf',
  teeth: 'tooth',
  wolves: 'wolf',
};

/** Endings of plurals and what they stand for (morphy(7WN)). */
const endings = [
  ['ses', 's'],
  ['xes', 'x'],
  ['zes', 'z'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['men', 'man'],
  ['ies', 'y'],
  ['s', ''],
] as const;

/** What a word may be the plural of, itself first. */
function singulars(word: string): readonly string[] {
  const known = irregular[word];
  const cut = endings.flatMap(([ending, singular]) =>
    word.endsWith(ending) && word.length > ending.length + 1 ? [word.slice(0, -ending.length) + singular] : [],
  );
  return [word, ...(known ? [known] : []), ...cut];
}
