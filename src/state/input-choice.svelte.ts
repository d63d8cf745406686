import type { InputRole, PairEncoding } from '../engine/text/pair-encoding.ts';
import type {
  Feed,
  OpenedInput,
  OpenedModel,
  PairInput,
  PictureFeed,
  Preprocessing,
  TokenizerInfo,
} from '../jobs/api.ts';
import { editPreprocessing, isPresetName, presetNames, presets } from '../onnx/preprocess.ts';

const usualSize = 224;

/** What a person chooses about the open model: the layers, and how samples become its input. */
export class InputChoice {
  /** Tensors to probe, in the model's order. */
  layers: readonly string[] = $state.raw([]);
  /** How samples become the model's input; null before a model is open. */
  feed: Feed | null = $state.raw(null);
  /** Names of the presets, in the order in which they are offered. */
  readonly presetNames: readonly string[] = presetNames;
  #order: readonly string[] = [];
  #input: OpenedInput | null = $state.raw(null);

  /** How pictures become input; null where the model takes none. */
  readonly pictures: PictureFeed | null = $derived.by(() => (this.feed?.kind === 'pictures' ? this.feed : null));
  /** How sentence pairs become input; null where the model takes none. */
  readonly encoding: PairEncoding | null = $derived.by(() => (this.feed?.kind === 'pairs' ? this.feed.encoding : null));
  /** The inputs of a model that takes sentence pairs; else null. */
  readonly pairInput: PairInput | null = $derived.by(() => (this.#input?.kind === 'pairs' ? this.#input.input : null));

  /** Takes a newly opened model's own suggestions. */
  suggest({ layers, defaultLayer, input }: OpenedModel): void {
    this.#order = layers.flatMap(({ tensor, probeable }) => (probeable ? [tensor] : []));
    this.layers = defaultLayer === null ? [] : [defaultLayer];
    this.#input = input;
    if (input.kind === 'pairs') this.feed = { kind: 'pairs', encoding: input.encoding };
    else {
      const { preprocessing, height, width } = input;
      this.feed = { kind: 'pictures', preprocessing, height: height ?? usualSize, width: width ?? usualSize };
    }
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

  /** Takes a feed as it was chosen before, as far as the model takes such samples; a size that the model fixes stays. */
  take(feed: Feed): void {
    if (feed.kind !== this.#input?.kind) return;
    if (feed.kind === 'pairs') {
      this.feed = feed;
      return;
    }
    const fixed = this.#input.kind === 'pictures' ? this.#input : null;
    this.feed = { ...feed, height: fixed?.height ?? feed.height, width: fixed?.width ?? feed.width };
  }

  /** Changes the size that pictures are stretched to. */
  resize(size: Partial<Pick<PictureFeed, 'height' | 'width'>>): void {
    if (this.pictures) this.feed = { ...this.pictures, ...size };
  }

  /** Takes a preset by its name; other names change nothing. */
  choosePreset(name: string): void {
    if (this.pictures && isPresetName(name)) this.feed = { ...this.pictures, preprocessing: presets[name] };
  }

  /** Changes some values; the result is named after the preset it equals, else `custom`. */
  edit(change: Partial<Omit<Preprocessing, 'preset'>>): void {
    const { pictures } = this;
    if (pictures) this.feed = { ...pictures, preprocessing: editPreprocessing(pictures.preprocessing, change) };
  }

  /** Changes how sentence pairs become input. */
  encode(change: Partial<PairEncoding>): void {
    if (this.encoding) this.feed = { kind: 'pairs', encoding: { ...this.encoding, ...change } };
  }

  /** Says what an input takes; null: nothing is given to it. */
  chooseRole(input: string, role: InputRole | null): void {
    const others = Object.entries(this.encoding?.roles ?? {}).filter(([name]) => name !== input);
    this.encode({ roles: Object.fromEntries(role === null ? others : [...others, [input, role]]) });
  }

  /** Words become ids by this tokenizer from now on. */
  useTokenizer({ kind, name, hash }: TokenizerInfo): void {
    this.encode({ tokenizer: { kind, name, hash } });
  }

  /** Names a class of the model's output. */
  nameClass(at: number, name: string): void {
    const classes = this.encoding?.classes ?? [];
    this.encode({ classes: classes.map((old, index) => (index === at ? name : old)) });
  }

  /** Moves a class's name to the place of its neighbour, and that one to its own. @param by 1 or -1 */
  moveClass(at: number, by: number): void {
    const classes = [...(this.encoding?.classes ?? [])];
    if (classes[at] === undefined || classes[at + by] === undefined) return;
    [classes[at], classes[at + by]] = [classes[at + by], classes[at]];
    this.encode({ classes });
  }
}
