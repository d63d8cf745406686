import type { SourceConcept } from '../annotated/annotated-source.ts';
import { uniqueNames, type Names } from '../annotated/unique-names.ts';
import type { PictureNames } from './picture-names.ts';

/** Categories of ADE20K's full release, in the order they are shown. */
export const CATEGORIES = ['object', 'part', 'scene'] as const;

type Category = (typeof CATEGORIES)[number];

/** What the numbers in a mask of a picture stand for, in turn: a number (a class, or an instance counted from 1), its concept's place. */
export type LevelPlaces = Uint16Array;

/** All concepts of a release, and which of them each picture has. */
export interface Vocabulary {
  readonly concepts: readonly SourceConcept[];
  /** By picture; the level is the place in the list: 0 for objects, then parts. */
  readonly levels: readonly (readonly LevelPlaces[])[];
  /** By picture: place of its scene, or -1. */
  readonly scenes: Int32Array;
}

interface Found {
  readonly category: Category;
  readonly key: string;
  readonly names: Names;
}

/**
 * Collects the classes of all pictures: objects and parts by number (by name, where pictures come without numbers), scenes by name. A class
 * that is an object here and a part there is two concepts.
 *
 * @param pictures what each picture's names file says
 * @param scenes by picture, the scene from general to special; empty for none
 */
export function collectVocabulary(
  pictures: readonly PictureNames[],
  scenes: readonly (readonly string[])[],
): Vocabulary {
  const found = new Map<string, Found>();
  const sceneKeys = scenes.map((parts) => noteScene(parts, found));
  const levelKeys = pictures.map((picture) => noteAnnotated(picture, found));

  const concepts: SourceConcept[] = [];
  const places = new Map<string, number>();
  for (const category of CATEGORIES) {
    const ofCategory = Array.from(found.values())
      .filter((one) => one.category === category)
      .sort((a, b) => a.names.number - b.names.number || (a.names.full < b.names.full ? -1 : 1))
      .map((one, at) => ({ ...one, names: { ...one.names, number: one.names.number || at + 1 } }));
    uniqueNames(ofCategory.map(({ names }) => names)).forEach((name, at) => {
      places.set(ofCategory[at].key, concepts.length);
      concepts.push({ number: ofCategory[at].names.number, name, category });
    });
  }
  const placeOf = (key: string): number => places.get(key) ?? -1;
  return {
    concepts,
    levels: levelKeys.map((levels) =>
      levels.map((keys) => Uint16Array.from(Array.from(keys, ([number, key]) => [number, placeOf(key)]).flat())),
    ),
    scenes: Int32Array.from(sceneKeys, (key) => (key === undefined ? -1 : placeOf(key))),
  };
}

function noteScene(parts: readonly string[], found: Map<string, Found>): string | undefined {
  const full = parts.join('/');
  // A tilde marks pictures whose scene was not labelled.
  if (full === '' || full.startsWith('~')) return undefined;
  const key = `scene ${full}`;
  if (!found.has(key))
    found.set(key, { category: 'scene', key, names: { number: 0, short: parts[parts.length - 1], full } });
  return key;
}

function noteAnnotated({ kind, annotated }: PictureNames, found: Map<string, Found>): ReadonlyMap<number, string>[] {
  const levels: Map<number, string>[] = [];
  for (const { number, level, name } of annotated) {
    const category = level === 0 ? 'object' : 'part';
    const key = kind === 'classes' ? `${category} ${number}` : `${category} ${name}`;
    if (!found.has(key)) {
      const short = name.split(',', 1)[0].trim();
      found.set(key, { category, key, names: { number: kind === 'classes' ? number : 0, short, full: name } });
    }
    while (levels.length <= level) levels.push(new Map());
    levels[level].set(number, key);
  }
  return levels;
}
