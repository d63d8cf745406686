/** A synset and its hypernyms, by whatever names the source gives them. */
export interface SourceSynset {
  readonly id: string;
  readonly hypernyms: readonly string[];
}

/** Nouns as the tree keeps them. */
export interface NounSource {
  /** Lemmas with their synsets in sense order, one or more each. */
  readonly lemmas: ReadonlyMap<string, readonly string[]>;
  /** Every synset that a lemma or a hypernym names; hypernyms form no cycle. */
  readonly synsets: readonly SourceSynset[];
}

/** The bytes of a noun tree, in the format that src/engine/kinds/noun-tree.ts documents. */
export function writeNounTree({ lemmas, synsets }: NounSource): Uint8Array<ArrayBuffer> {
  const order = numbered(synsets);
  const numberOf = new Map(order.map(({ id }, number) => [id, number]));
  const number = (id: string): number => numberOf.get(id) ?? -1;
  const words = [...lemmas.keys()].sort();
  const senses = words.map((word) => (lemmas.get(word) ?? []).map(number));
  const links = order.map(({ hypernyms }) => hypernyms.map(number).sort((a, b) => a - b));
  const shared = words.map((word, at) => commonStart(word, words[at - 1] ?? ''));
  const text = new TextEncoder().encode(words.map((word, at) => word.slice(shared[at])).join('\n'));
  const flatLinks = links.flat();
  const header = new Uint8Array(24);
  header.set(new TextEncoder().encode('FNT1'));
  const sizes = [words.length, order.length, senses.flat().length, flatLinks.length, text.length];
  for (const [at, size] of sizes.entries()) new DataView(header.buffer).setUint32(4 + 4 * at, size, true);
  return joined([
    header,
    Uint8Array.from(shared),
    Uint8Array.from(senses, ({ length }) => length),
    Uint8Array.from(links, ({ length }) => length),
    ...planes(senses.flat()),
    ...planes(flatLinks.map((link, at) => link - (flatLinks[at - 1] ?? 0))),
    text,
  ]);
}

/** Synsets by the length of their longest way to a root, then by their first hypernym, so that a hypernym's number is the smaller one. */
function numbered(synsets: readonly SourceSynset[]): readonly SourceSynset[] {
  const byId = new Map(synsets.map((synset) => [synset.id, synset]));
  const depths = new Map<string, number>();
  const depth = (id: string): number => {
    let known = depths.get(id);
    if (known === undefined) {
      known = 1 + Math.max(0, ...(byId.get(id)?.hypernyms ?? []).map(depth));
      depths.set(id, known);
    }
    return known;
  };
  const levels: SourceSynset[][] = [];
  for (const synset of synsets) (levels[depth(synset.id)] ??= []).push(synset);
  const place = new Map<string, number>();
  return levels.flatMap((level) => {
    const first = ({ hypernyms }: SourceSynset): number => Math.min(...hypernyms.map((id) => place.get(id) ?? 0));
    const sorted = level.sort((a, b) => first(a) - first(b) || (a.id < b.id ? -1 : 1));
    for (const { id } of sorted) place.set(id, place.size);
    return sorted;
  });
}

function commonStart(word: string, before: string): number {
  let length = 0;
  while (length < Math.min(word.length, before.length, 255) && word[length] === before[length]) length += 1;
  return length;
}

/** Numbers modulo 2 ** 24 as their lowest bytes, then the middle ones, then the highest: bytes that are alike lie together. */
const planes = (values: readonly number[]): readonly Uint8Array[] =>
  [0, 8, 16].map((shift) => Uint8Array.from(values, (value) => (value >> shift) & 255));

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
