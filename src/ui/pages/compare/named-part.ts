import type { Compared } from '../../../state/comparison.svelte.ts';

/** Results that are compared, with the name that tells them from the others. */
export interface NamedPart extends Compared {
  readonly name: string;
}
