import type {
  OpenedActivations,
  OpenedCells,
  OpenedModel,
  OpenedProbing,
  SampleName,
  TokenizerInfo,
} from '../jobs/api.ts';
import { readAsked } from './asked.ts';
import { isHash } from './which.ts';
import type { Which } from './which.ts';

/** A file that results were made from, and whether it is open. */
export interface NeededFile {
  readonly kind: 'model' | 'tokenizer' | 'activations' | 'probing' | 'cells';
  /** Its name when the results were made; it may have another by now. */
  readonly name: string;
  /** First digits of its hash, which it must have. */
  readonly hash: string;
  /** What of its kind is open, if anything. */
  readonly open: { readonly name: string; readonly hash: string } | null;
  readonly state: 'absent' | 'right' | 'wrong';
  /** The embedded sample it belongs to, by its name; null: none. */
  readonly sample: SampleName | null;
}

/** What is open, by kind. */
export interface OpenFiles {
  readonly model: OpenedModel | null;
  readonly activations: OpenedActivations | null;
  readonly probing: OpenedProbing | null;
  readonly cells?: OpenedCells | null;
  /** A tokenizer that was dropped; not the one in the model's file. */
  readonly tokenizer?: TokenizerInfo | null;
}

/** Names of the samples' models and probing sets, as results keep them. */
const sampleNames: Readonly<Record<SampleName, { readonly model: string; readonly set: string }>> = {
  scenes: { model: 'scenes.onnx', set: 'Drawn scenes' },
  'coco-mobilenet': { model: 'coco-mobilenet.onnx', set: 'coco-mobilenet' },
  entailment: { model: 'entailment.onnx', set: 'Generated pairs' },
};

/** Whether results were made from a file of activations: its name stands for the layer's. */
export function isOfActivations(which: Which): boolean {
  return which.file !== '' && which.file === which.layer;
}

/** Whether results were made from a cell table: it stands for model and probing set. */
export function isOfCells(which: Which): boolean {
  return which.model !== '' && which.model === which.probing;
}

/**
 * The files that an address's results were made from: first the model or the activations, then the model's tokenizer where its file does not
 * hold it, then the probing set; or one cell table.
 */
export function neededFiles(which: Which, open: OpenFiles): readonly NeededFile[] {
  if (isOfCells(which)) return [needed('cells', which.file, which.model, open.cells ?? null, null)];
  const kind = isOfActivations(which) ? 'activations' : 'model';
  const source = open[kind];
  const probing = open.probing && { name: open.probing.title, hash: open.probing.contentHash };
  return [
    needed(
      kind,
      which.file,
      which.model,
      source,
      sampleOf(({ model }) => model === which.file),
    ),
    ...(kind === 'model' ? neededTokenizer(which, open) : []),
    needed(
      'probing',
      which.set,
      which.probing,
      probing,
      sampleOf(({ set }) => set === which.set),
    ),
  ];
}

/** What is wrong with the layer an address names, in a sentence; empty where nothing is, or the model is not open. */
export function layerProblem(which: Which, model: OpenedModel | null): string {
  if (model === null || isOfActivations(which) || !isHash(which.model, model.hash)) return '';
  const layer = model.layers.find(({ tensor }) => tensor === which.layer);
  if (layer?.probeable) return '';
  return layer
    ? `The layer ${which.layer} of this model cannot be probed. Choose another on the Prepare page.`
    : `This model has no layer ${which.layer}. The address may be damaged; choose a layer on the Prepare page.`;
}

/** The tokenizer, where the model is open and does not bring it: only then is it known to be another file. */
function neededTokenizer(which: Which, { model, tokenizer }: OpenFiles): readonly NeededFile[] {
  const { tokens } = readAsked(which.asked);
  if (!tokens || model?.input.kind !== 'pairs' || !isHash(which.model, model.hash)) return [];
  if (model.input.tokenizer?.hash.startsWith(tokens.tokenizer)) return [];
  return [needed('tokenizer', 'tokenizer.json or vocabulary', tokens.tokenizer, tokenizer ?? null, null)];
}

function needed(
  kind: NeededFile['kind'],
  name: string,
  hash: string,
  open: { readonly name: string; readonly hash: string } | null,
  sample: SampleName | null,
): NeededFile {
  const state = open === null ? 'absent' : isHash(hash, open.hash) ? 'right' : 'wrong';
  return { kind, name, hash, open: open && { name: open.name, hash: open.hash }, state, sample };
}

function sampleOf(is: (names: { readonly model: string; readonly set: string }) => boolean): SampleName | null {
  const names = Object.keys(sampleNames) as readonly SampleName[];
  return names.find((name) => is(sampleNames[name])) ?? null;
}
