import { NameComparer, type NamedConcept, type NameSimilarity } from '../engine/kinds/name-similarity.ts';
import { openNounTree } from '../engine/kinds/noun-tree.ts';
import { readWordTable } from '../probing/pairs/word-table.ts';
import { loadFile } from './samples.ts';

/** Makes what compares names, of the contents of public/words/nouns.bin and vectors.bin. @throws Fault where one is damaged */
export async function openComparer(
  nouns: Uint8Array<ArrayBuffer>,
  vectors: Uint8Array<ArrayBuffer>,
): Promise<NameComparer> {
  return new NameComparer({ tree: openNounTree(await unpacked(nouns)), vectors: readWordTable(vectors) });
}

/**
 * How similar pairs of names are, in their order.
 *
 * @param base address of the page, absolute: the tables lie beside it
 * @throws Fault where a table cannot be loaded, or is damaged
 */
export async function compareNames(
  base: string,
  pairs: readonly (readonly [NamedConcept, NamedConcept])[],
): Promise<readonly NameSimilarity[]> {
  const [nouns, vectors] = await Promise.all(['nouns.bin', 'vectors.bin'].map((name) => loadTable(base, name)));
  const comparer = await openComparer(nouns, vectors);
  return pairs.map(([one, other]) => comparer.compare(one, other));
}

async function loadTable(base: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await loadFile(base, `words/${name}`, name);
  return new Uint8Array(await file.arrayBuffer());
}

/** Bytes as they are without gzip; a server may have taken it off already. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
