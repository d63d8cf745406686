import type { Feed } from '../onnx/feed.ts';
import { modelInput, type ModelInput } from '../onnx/model-input.ts';
import type { ModelSummary } from '../onnx/model-summary.ts';
import { encodingProblems } from '../onnx/text/check-encoding.ts';
import { mustRunSingly } from '../onnx/text/encode-batch.ts';
import { modelTokenizer } from '../onnx/text/model-tokenizer.ts';
import { openTokenizer } from '../onnx/text/open-tokenizer.ts';
import type { PairTokenizer } from '../onnx/text/tokenizer.ts';
import type { InputSpec } from './batches.ts';
import { pipelineFaults } from './errors.ts';
import { Feeder } from './feeder.ts';

/** A model file that was read. */
export interface OpenModel {
  readonly file: Blob;
  readonly summary: ModelSummary;
  readonly input: ModelInput;
  /** The vocabulary in its file; null where it has none, or takes pictures. */
  readonly tokenizer: PairTokenizer | null;
}

/** Takes a model's summary for what it can be fed. @throws Fault, if it takes neither pictures nor sentence pairs */
export async function openModel(file: Blob, summary: ModelSummary): Promise<OpenModel> {
  const input = modelInput(summary);
  const own = input.kind === 'pairs' ? modelTokenizer(summary) : undefined;
  const tokenizer = own ? await openTokenizer(own.bytes, own.name) : null;
  return { file, summary, input, tokenizer };
}

/**
 * How samples go into a model.
 *
 * @param tokenizer a file that takes the place of the model's own; null: none
 * @throws Fault, if the feed does not fit the model
 */
export async function feederOf(
  { input, summary, tokenizer: own }: OpenModel,
  feed: Feed,
  tokenizer: { readonly blob: Blob; readonly name: string } | null,
): Promise<Feeder> {
  const { fileName } = summary;
  if (input.kind !== feed.kind) throw pipelineFaults['other-feed'](fileName, input.kind, feed.kind);
  if (input.kind === 'pictures' || feed.kind === 'pictures') return new Feeder(inputSpec(input, feed), null);
  const wanted = feed.encoding.tokenizer;
  const given = tokenizer && (await openTokenizer(new Uint8Array(await tokenizer.blob.arrayBuffer()), tokenizer.name));
  const found = [own, given].find((one) => one?.info.hash === wanted?.hash) ?? null;
  const [problem] = encodingProblems(input, feed.encoding, found?.info ?? null);
  if (problem !== undefined) throw pipelineFaults['encoding'](fileName, problem);
  return new Feeder(inputSpec(input, feed), found);
}

/** How samples go into a model, without a tokenizer. @throws RangeError, if the feed is for another kind of model */
export function inputSpec(input: ModelInput, feed: Feed): InputSpec {
  if (input.kind === 'pictures' && feed.kind === 'pictures') {
    const { name, layout, batch } = input;
    const { height, width, preprocessing } = feed;
    return { kind: 'pictures', input: name, layout, fixedBatch: batch, height, width, preprocessing };
  }
  if (input.kind === 'pairs' && feed.kind === 'pairs') {
    const { encoding } = feed;
    const fixedBatch = mustRunSingly(input, encoding) ? 1 : input.batch;
    return { kind: 'pairs', input, encoding, fixedBatch };
  }
  throw new RangeError(`A model of ${input.kind} cannot be fed ${feed.kind}.`);
}
