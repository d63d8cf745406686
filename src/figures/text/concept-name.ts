import type { Concept } from '../../engine/concepts.ts';
import { bareName } from '../../engine/formula/bare-name.ts';

/** A concept's name for people; typed formulas read it. */
export const conceptName = (concept: Concept): string => bareName(concept);
