import type { Formula } from '../../../engine/formula/formula.ts';
import type { ConceptId } from '../../../engine/ids.ts';
import type { Evidence } from '../../../state/app-state.svelte.ts';

/** Words that NEIGHBORS of a word has besides it, at most (docs/method.md). */
const mostNear = 5;

/**
 * The concepts that NEIGHBORS of a concept takes in besides it, as far as they are true in some sample: it is asked for samples in
 * which none of those found so far explains it, until there is none.
 *
 * @returns in the order of their samples
 */
export async function nearConcepts(evidence: Evidence, concept: ConceptId): Promise<readonly ConceptId[]> {
  const near: Formula = { kind: 'neighbors', of: concept };
  const found: ConceptId[] = [];
  while (found.length < mostNear) {
    const unexplained = [concept, ...found].reduce<Formula>(
      (left, known) => ({ kind: 'and', left, right: { kind: 'not', of: { kind: 'concept', concept: known } } }),
      near,
    );
    const { samples } = await evidence.formulaSamples(unexplained);
    if (samples.length === 0) return found;
    const { marks } = await evidence.formulaOnPair(near, samples[0]);
    const more = marks.map((mark) => mark.concept).filter((id) => id !== concept && !found.includes(id));
    if (more.length === 0) return found;
    found.push(...new Set(more));
  }
  return found;
}
