import type { MaskSamples } from '../activation/unit-mask.ts';
import { hasBit } from '../bits/bitset.ts';
import type { SampleList, SampleListKind } from '../results/measures.ts';

/** A unit's mask, and where a formula holds, sample by sample. */
export interface SampleCounts {
  readonly mask: MaskSamples;
  /** `[samples]` largest activation of the unit; NaN where not read. */
  readonly highest: Float32Array;
  /** Cells in which the formula holds, and its positions in each sample; null where none is given. */
  readonly formula: { readonly bits: Uint32Array; readonly inSamples: Uint32Array } | null;
}

/** Mask positions of each of the mask's samples, and those of them where the formula holds. */
export function overlaps(
  { samples, start, cells, counts }: MaskSamples,
  bits: Uint32Array | null,
): { readonly inMask: Uint32Array; readonly inBoth: Uint32Array } {
  const inMask = new Uint32Array(samples.length);
  const inBoth = new Uint32Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    for (let entry = start[i]; entry < start[i + 1]; entry++) {
      inMask[i] += counts[entry];
      if (bits && hasBit(bits, cells[entry])) inBoth[i] += counts[entry];
    }
  }
  return { inMask, inBoth };
}

/**
 * The samples of a list, in its order; see {@link SampleListKind}.
 *
 * @throws RangeError, if `formula` is null for a list that needs one
 */
export function sampleList({ mask, highest, formula }: SampleCounts, kind: SampleListKind): SampleList {
  const held = formula?.inSamples;
  if (kind !== 'firing' && !held) throw new RangeError(`A list of kind ${kind} needs a formula.`);
  const { inMask, inBoth } = overlaps(mask, formula?.bits ?? null);
  const entryOf = new Map(Array.from(mask.samples, (sample, entry) => [sample, entry]));
  const onlyFormula = (sample: number): boolean =>
    (held?.[sample] ?? 0) > 0 && !entryOf.has(sample) && !Number.isNaN(highest[sample]);
  const found =
    kind === 'formula-only'
      ? Uint32Array.from(highest.keys()).filter(onlyFormula)
      : mask.samples.filter((_, entry) => kind === 'firing' || inBoth[entry] === 0);
  const order = kind === 'formula-only' ? (held ?? new Uint32Array()) : highest;
  const samples = found.sort((a, b) => order[b] - order[a] || a - b);
  const ofMask = (counts: Uint32Array) => samples.map((sample) => counts[entryOf.get(sample) ?? -1] ?? 0);
  return {
    samples,
    peaks: Float32Array.from(samples, (sample) => highest[sample]),
    inMask: ofMask(inMask),
    inFormula: samples.map((sample) => held?.[sample] ?? 0),
    inBoth: ofMask(inBoth),
  };
}
