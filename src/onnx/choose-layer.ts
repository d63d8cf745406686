import { defaultLayer } from './default-layer.ts';
import { onnxFaults } from './errors.ts';
import type { Layer } from './layers.ts';
import type { ModelSummary } from './model-summary.ts';

/**
 * The layer with a name, or without one the layer that {@link defaultLayer} proposes.
 *
 * @throws Fault, if the model has no such tensor, if it cannot be probed, or if nothing can
 */
export function chooseLayer(summary: ModelSummary, layers: readonly Layer[], tensor?: string): Layer {
  if (tensor === undefined) {
    const proposed = defaultLayer(summary, layers);
    if (!proposed) throw onnxFaults['nothing-to-probe'](summary.fileName);
    return proposed;
  }
  const layer = layers.find((candidate) => candidate.tensor === tensor);
  if (!layer) throw onnxFaults['unknown-tensor'](summary.fileName, tensor);
  if (!layer.probeable) throw onnxFaults['not-probeable'](summary.fileName, tensor, layer.reason);
  return layer;
}
