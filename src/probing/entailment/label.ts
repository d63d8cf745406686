import type { ENTAILMENT_LABELS } from '../../engine/text/sentence-pair.ts';

/** One of {@link ENTAILMENT_LABELS}. */
export type EntailmentLabel = (typeof ENTAILMENT_LABELS)[number];
