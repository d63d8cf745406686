import type { OpenedModel, Preprocessing } from '../jobs/api.ts';

const usualSize = 224;

/** What a person chooses about the open model: the layer, and how pictures become its input. */
export class InputChoice {
  layer: string | null = $state(null);
  preprocessing: Preprocessing | null = $state.raw(null);
  height = $state(usualSize);
  width = $state(usualSize);

  /** Takes a newly opened model's own suggestions. */
  suggest(model: OpenedModel): void {
    this.layer = model.defaultLayer;
    this.preprocessing = model.preprocessing;
    this.height = model.inputHeight ?? usualSize;
    this.width = model.inputWidth ?? usualSize;
  }
}
