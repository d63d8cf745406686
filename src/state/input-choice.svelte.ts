import type { OpenedModel, Preprocessing } from '../jobs/api.ts';
import { editPreprocessing, isPresetName, presetNames, presets } from '../onnx/preprocess.ts';

const usualSize = 224;

/** What a person chooses about the open model: the layer, and how pictures become its input. */
export class InputChoice {
  layer: string | null = $state(null);
  preprocessing: Preprocessing | null = $state.raw(null);
  height = $state(usualSize);
  width = $state(usualSize);
  /** Names of the presets, in the order in which they are offered. */
  readonly presetNames: readonly string[] = presetNames;

  /** Takes a newly opened model's own suggestions. */
  suggest(model: OpenedModel): void {
    this.layer = model.defaultLayer;
    this.preprocessing = model.preprocessing;
    this.height = model.inputHeight ?? usualSize;
    this.width = model.inputWidth ?? usualSize;
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
