/**
 * The order in which the samples of a probing set are read: always the same, and such that the samples read so far are spread evenly over
 * the set, so that a part of it stands for the whole, whether the set is sorted by class or its classes take turns.
 *
 * The set is halved again and again into a tree; every node sends those that pass it left and right in turn, so that any first 2^k
 * samples lie one in each of 2^k equal stretches. Which side a node begins with is tossed (by a hash: always alike), so that the places
 * inside the stretches follow no pattern that classes taking turns might follow too.
 *
 * @returns every sample once
 */
export function readingOrder(sampleCount: number): Uint32Array {
  const levels = Math.ceil(Math.log2(Math.max(1, sampleCount)));
  const order = new Uint32Array(sampleCount);
  let at = 0;
  for (let turn = 0; turn < 2 ** levels; turn++) {
    // The node's number: 1 for the root, then twice that, and one more on the right.
    let node = 1;
    for (let level = 0; level < levels; level++) node = 2 * node + (((turn >>> level) & 1) ^ toss(node));
    const sample = node - 2 ** levels;
    if (sample < sampleCount) order[at++] = sample;
  }
  return order;
}

/** The first samples of {@link readingOrder}, ascending. */
export function spreadSamples(sampleCount: number, count: number): Uint32Array {
  return readingOrder(sampleCount).slice(0, count).sort();
}

/** 0 or 1, without a pattern. */
function toss(node: number): number {
  let mixed = Math.imul(node ^ (node >>> 15), 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x85ebca77);
  return (mixed ^ (mixed >>> 16)) & 1;
}
