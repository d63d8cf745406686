import type { OpenedModel, Preprocessing } from '../jobs/api.ts';
import { editPreprocessing, isPresetName, presetNames, presets } from '../onnx/preprocess.ts';

const usualSize = 224;

/** What a person chooses about the open model: the layers, and how pictures become its input. */
export class InputChoice {
  /** Tensors to probe, in the model's order. */
  layers: readonly string[] = $state.raw([]);
  preprocessing: Preprocessing | null = $state.raw(null);
  height = $state(usualSize);
  width = $state(usualSize);
  /** Names of the presets, in the order in which they are offered. */
  readonly presetNames: readonly string[] = presetNames;
  #order: readonly string[] = [];

  /** Takes a newly opened model's own suggestions. */
  suggest(model: OpenedModel): void {
    this.#order = model.layers.flatMap(({ tensor, probeable }) => (probeable ? [tensor] : []));
    this.layers = model.defaultLayer === null ? [] : [model.defaultLayer];
    this.preprocessing = model.preprocessing;
    this.height = model.inputHeight ?? usualSize;
    this.width = model.inputWidth ?? usualSize;
  }

  /** Chooses these layers; names that the model does not have, or that cannot be probed, are passed over. */
  choose(layers: readonly string[]): void {
    this.layers = this.#order.filter((tensor) => layers.includes(tensor));
  }

  /** Chooses a layer besides the others, or leaves it out. */
  toggle(layer: string): void {
    this.choose(
      this.layers.includes(layer) ? this.layers.filter((tensor) => tensor !== layer) : [...this.layers, layer],
    );
  }

  /** Takes a preset by its name; other names change nothing. */
  choosePreset(name: string): void {
    if (isPresetName(name)) this.preprocessing = presets[name];
  }

  /** Changes some values; the result is named after the preset it equals, else `custom`. */
  edit(change: Partial<Omit<Preprocessing, 'preset'>>): void {
    if (this.preprocessing) this.preprocessing = editPreprocessing(this.preprocessing, change);
  }
}
