import { madeWith } from '../../../state/table-file.ts';
import { settingsText } from '../../text/provenance.ts';
import type { NamedPart } from './named-part.ts';

/** How compared results were made, a line each, with the hashes; for files. */
export function comparisonNotes(parts: readonly NamedPart[]): readonly string[] {
  const [first] = parts;
  if (!first) return [];
  const { activations, probing } = first.results;
  return [
    `${activations.kind === 'model' ? 'Model' : 'Activations'}: ${activations.name}, SHA-256 ${activations.hash}`,
    `Probing set: ${probing.title}, hash ${probing.contentHash}${probing.synthetic ? ', synthetic' : ''}`,
    ...parts.map(
      ({ name, results }) =>
        `${name}: ${settingsText(results.settings)}, ${results.samplesRead} samples, units ${results.unitRange.join(' to ')}, made ${results.madeAt}`,
    ),
    madeWith,
  ];
}
