import { labelOf } from '../results/class-accuracy.ts';

/** What tells which class a gold label stands for. */
export type MatchedBy = 'person' | 'name' | 'synonym' | 'number' | 'nothing';

/** A gold label and the classes that it stands for. */
export interface LabelMatch {
  /** As samples have it. */
  readonly label: string;
  /** Samples that have it. */
  readonly samples: number;
  /** Classes as places in the model's output: none, one, or several of the same name (ImageNet has two cranes). */
  readonly places: readonly number[];
  readonly by: MatchedBy;
}

/** What a person said of labels: the class's place, or null where a label stands for none. */
export type Corrections = ReadonlyMap<string, number | null>;

/** How predictions are held against gold labels, where a person wants it otherwise than the model and the probing set have it. */
export interface LabelChoice {
  /** Names of the classes, in the order of the model's output. */
  readonly names?: readonly string[];
  /** Gold labels of all samples, by number; null for those without one. */
  readonly gold?: readonly (string | null)[];
  readonly corrections?: Corrections;
}

const NO_CORRECTIONS: Corrections = new Map();

/**
 * Which class each gold label stands for. What a person said wins; else all classes named as the label is ({@link labelOf}); else the one
 * class that shares a part with it, where names or labels are several with commas between them, as ImageNet's are (`tench, Tinca tinca`); else
 * the class of that number, where all labels are whole numbers below the number of classes; else none.
 *
 * @param gold labels of all samples, by number; null for those without one
 * @param names of the classes, in the order of the model's output
 * @returns one entry a label: those that stand for no class first, then by name
 */
export function matchLabels(
  gold: readonly (string | null)[],
  names: readonly string[],
  corrections: Corrections = NO_CORRECTIONS,
): readonly LabelMatch[] {
  const counts = new Map<string, number>();
  for (const label of gold) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = [...counts.keys()];
  const byName = placesBy(names, (name) => [labelOf(name)]);
  const byPart = placesBy(names, partsOf);
  const isNumbered = labels.every((label) => /^\d+$/.test(label.trim()) && Number(label) < names.length);
  const found = (label: string): Pick<LabelMatch, 'places' | 'by'> => {
    const said = corrections.get(label);
    if (said !== undefined) return { places: said === null ? [] : [said], by: 'person' };
    const same = byName.get(labelOf(label));
    if (same) return { places: [...same], by: 'name' };
    const alike = new Set(partsOf(label).flatMap((part) => [...(byPart.get(part) ?? [])]));
    if (alike.size === 1) return { places: [...alike], by: 'synonym' };
    return isNumbered ? { places: [Number(label)], by: 'number' } : { places: [], by: 'nothing' };
  };
  return labels
    .map((label): LabelMatch => ({ label, samples: counts.get(label) ?? 0, ...found(label) }))
    .sort((a, b) => Number(a.places.length > 0) - Number(b.places.length > 0) || compare(a.label, b.label));
}

/** The names between commas, as they are compared. */
const partsOf = (name: string): readonly string[] =>
  name
    .split(',')
    .map((part) => labelOf(part))
    .filter((part) => part !== '');

function placesBy(
  names: readonly string[],
  keysOf: (name: string) => readonly string[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const places = new Map<string, Set<number>>();
  for (const [place, name] of names.entries()) {
    for (const key of keysOf(name)) {
      const known = places.get(key);
      if (known) known.add(place);
      else places.set(key, new Set([place]));
    }
  }
  return places;
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
