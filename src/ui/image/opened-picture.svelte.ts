import type { Formula } from '../../engine/formula/formula.ts';
import type { SampleConcepts } from '../../engine/results/measures.ts';
import type { Evidence } from '../../state/app-state.svelte.ts';
import { toFault } from '../../state/to-fault.ts';
import { conceptsAt, leaves } from './concepts-at.ts';
import type { Leaf } from './concepts-at.ts';

/** Which sample is looked at, and with what. */
export interface PictureQuestion {
  readonly evidence: Evidence;
  readonly sample: number;
  /** Null: only the formula is shown. */
  readonly unit: number | null;
  readonly threshold: number | null;
  readonly formula: Formula | null;
}

/** Everything that is shown of one sample at full size; each thing undefined until it is there. */
export class OpenedPicture {
  picture: { readonly url: string; readonly full: boolean } | null | undefined = $state.raw();
  name: string | undefined = $state();
  unitMask: Uint8Array | undefined = $state.raw();
  formulaMask: Uint8Array | undefined = $state.raw();
  /** Where a part that is pointed at holds. */
  litMask: Uint8Array | undefined = $state.raw();
  /** Null: not kept, since it reaches no threshold. */
  activation: Float32Array | null | undefined = $state.raw();
  concepts: SampleConcepts | undefined = $state.raw();
  /** Why something could not be had. */
  problem: string | null = $state(null);
  /** Masks of the formula's NEIGHBORS, with the concept each is of. */
  #near: readonly (readonly [concept: number, mask: Uint8Array])[] = $state.raw([]);

  /** Reads the sample itself. @returns stops: what comes later is dropped */
  readSample({ evidence, sample }: PictureQuestion): () => void {
    [this.picture, this.name, this.concepts, this.problem] = [undefined, undefined, undefined, null];
    return this.#asking([
      [evidence.picture(sample), (picture) => (this.picture = picture as typeof this.picture)],
      [evidence.sampleName(sample), (name) => (this.name = name as string)],
      [evidence.sampleConcepts(sample), (concepts) => (this.concepts = concepts as SampleConcepts)],
    ]);
  }

  /** Reads the unit's mask and activation. */
  readUnit({ evidence, sample, unit, threshold }: PictureQuestion): () => void {
    [this.unitMask, this.activation] = [undefined, undefined];
    if (unit === null || threshold === null) return () => undefined;
    return this.#asking([
      [evidence.unitMask(unit, sample, threshold), (mask) => (this.unitMask = mask as Uint8Array)],
      [evidence.activationMap(unit, sample), (map) => (this.activation = map as Float32Array | null)],
    ]);
  }

  /** Reads where the formula holds, and where each NEIGHBORS of it does. */
  readFormula({ evidence, sample, formula }: PictureQuestion): () => void {
    [this.formulaMask, this.#near] = [undefined, []];
    if (formula === null) return () => undefined;
    const near = leaves(formula).filter((leaf) => leaf.kind === 'neighbors');
    return this.#asking([
      [evidence.formulaMask(formula, sample), (mask) => (this.formulaMask = mask as Uint8Array)],
      ...near.map((leaf): Asking => [
        evidence.formulaMask(leaf, sample),
        (mask) => (this.#near = [...this.#near, [leaf.of, mask as Uint8Array]]),
      ]),
    ]);
  }

  /** Reads where the part that is pointed at holds. */
  readLit({ evidence, sample }: PictureQuestion, lit: Formula | null): () => void {
    this.litMask = undefined;
    if (lit === null) return () => undefined;
    return this.#asking([[evidence.formulaMask(lit, sample), (mask) => (this.litMask = mask as Uint8Array)]]);
  }

  /** Whether a part of the formula is true at a position. */
  isTrue(leaf: Leaf, position: number): boolean {
    if (leaf.kind === 'neighbors')
      return this.#near.some(([concept, mask]) => concept === leaf.of && mask[position] === 1);
    return this.concepts !== undefined && conceptsAt(this.concepts, position).includes(leaf.concept);
  }

  #asking(asked: readonly Asking[]): () => void {
    let wanted = true;
    for (const [answer, keep] of asked) {
      answer.then(
        (value) => {
          if (wanted) keep(value);
        },
        (error: unknown) => {
          if (wanted) this.problem = toFault(error).message;
        },
      );
    }
    return () => {
      wanted = false;
    };
  }
}

type Asking = readonly [answer: Promise<unknown>, keep: (value: unknown) => void];
