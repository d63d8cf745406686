import type { LayerResults } from '../../engine/results/layer-results.ts';
import { madeWith } from '../../state/table-file.ts';
import { provenanceLines } from '../text/provenance.ts';

/** How a figure's results were made, for the figure's file: a line each, with the hashes. */
export function figureNotes(results: LayerResults): readonly string[] {
  const { probing } = results;
  return [
    ...provenanceLines(results).map(({ name, value }) => `${name}: ${value}`),
    `Probing set's hash: ${probing.contentHash}`,
    ...(probing.synthetic ? ['Pictures and masks are synthetic.'] : []),
    madeWith,
  ];
}
