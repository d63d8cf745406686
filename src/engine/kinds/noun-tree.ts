import { kindFaults } from './errors.ts';

const HEADER = 24;

/** WordNet's nouns: which senses a word has, and what each is a kind of. */
export interface NounTree {
  readonly lemmaCount: number;
  readonly synsetCount: number;
  /** The first synsets of a lemma (small letters, underscores for spaces), at most three, the most usual first; none of a word that is no noun. */
  senses(lemma: string): readonly number[];
  /** What a synset is a kind of; none at the root. Each has a smaller number than the synset. */
  hypernyms(synset: number): readonly number[];
  /** Synsets on the longest way from the root, both ends counted: 1 at the root. */
  depth(synset: number): number;
}

/**
 * Reads the table of nouns in public/words/nouns.bin, unpacked (made by scripts/wordnet/make.ts).
 *
 * Little-endian: the four letters `FNT1`, then as 32-bit numbers how many lemmas, synsets, senses of all lemmas, hypernyms of all synsets, and how many
 * bytes the lemmas take. A byte a lemma: how many letters it shares with the one before. A byte a lemma: how many senses it has. A byte a
 * synset: how many hypernyms. Three bytes a sense, the low bytes of all first, then the middle, then the high ones: the number of its synset. The same of
 * the hypernyms, each as its number less that of the one before, modulo 2^24. Last the lemmas without what they share, in ascending order,
 * separated by line feeds.
 *
 * @throws Fault `kinds/noun-tree`, if the bytes are no such table
 */
export function openNounTree(bytes: Uint8Array): NounTree {
  if (bytes.length < HEADER || String.fromCharCode(...bytes.subarray(0, 4)) !== 'FNT1')
    throw kindFaults['noun-tree']('it does not begin as one');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [lemmas, synsets, senses, links, text] = [4, 8, 12, 16, 20].map((at) => view.getUint32(at, true));
  if (bytes.length !== HEADER + 2 * lemmas + synsets + 3 * (senses + links) + text)
    throw kindFaults['noun-tree'](`it has ${bytes.length} bytes`);
  let at = HEADER;
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  const [shared, senseCounts, linkCounts] = [take(lemmas), take(lemmas), take(synsets)];
  const [senseStart, linkStart] = [starts(senseCounts), starts(linkCounts)];
  const [ofLemma, ofSynset] = [numbers(take(3 * senses)), numbers(take(3 * links))];
  for (let link = 1; link < links; link++) ofSynset[link] = (ofSynset[link] + ofSynset[link - 1]) & 0xffffff;
  if (senseStart[lemmas] !== senses || linkStart[synsets] !== links) throw kindFaults['noun-tree']('counts differ');
  if (ofLemma.some((synset) => synset >= synsets)) throw kindFaults['noun-tree']('a synset is missing');
  const words = unshared(new TextDecoder().decode(take(text)).split('\n'), shared);
  return {
    lemmaCount: lemmas,
    synsetCount: synsets,
    senses: (lemma) => {
      const found = indexOf(words, lemma);
      return found < 0 ? [] : Array.from(ofLemma.subarray(senseStart[found], senseStart[found + 1]));
    },
    hypernyms: (synset) => Array.from(ofSynset.subarray(linkStart[synset], linkStart[synset + 1])),
    depth: byNumber(depths(linkStart, ofSynset)),
  };
}

const byNumber =
  (values: Uint8Array) =>
  (synset: number): number =>
    values[synset];

function starts(counts: Uint8Array): Uint32Array {
  const start = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) start[i + 1] = start[i] + counts[i];
  return start;
}

function numbers(planes: Uint8Array): Uint32Array {
  const count = planes.length / 3;
  return Uint32Array.from(
    { length: count },
    (_, i) => planes[i] | (planes[count + i] << 8) | (planes[2 * count + i] << 16),
  );
}

/** @throws Fault where a hypernym does not stand before what it is the hypernym of */
function depths(linkStart: Uint32Array, links: Uint32Array): Uint8Array {
  const depth = new Uint8Array(linkStart.length - 1);
  for (let synset = 0; synset < depth.length; synset++) {
    let deepest = 0;
    for (let i = linkStart[synset]; i < linkStart[synset + 1]; i++) {
      if (links[i] >= synset) throw kindFaults['noun-tree']('its tree has a circle');
      deepest = Math.max(deepest, depth[links[i]]);
    }
    depth[synset] = deepest + 1;
  }
  return depth;
}

function unshared(rests: readonly string[], shared: Uint8Array): readonly string[] {
  if (rests.length !== shared.length) throw kindFaults['noun-tree']('lemmas are missing');
  let before = '';
  return rests.map((rest, at) => (before = before.slice(0, shared[at]) + rest));
}

/** Place of a word among sorted ones; -1 where it is not there. */
function indexOf(words: readonly string[], word: string): number {
  let [low, high] = [0, words.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (words[middle] === word) return middle;
    if (words[middle] < word) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
