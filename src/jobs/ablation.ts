import { newMemory } from '../engine/bits/memory.ts';
import type { Fault } from '../engine/fault.ts';
import type { ActivationProvenance, LayerResults } from '../engine/results/layer-results.ts';
import { AblationTries, type Bench } from '../pipeline/ablation-tries.ts';
import type { BenchReady } from '../pipeline/ablation-bench.ts';
import { readingOrder } from '../pipeline/reading-order.ts';
import type { BenchRun } from '../pipeline/runtime-service.ts';
import type { SearchMemory } from '../pipeline/search-service.ts';
import type { RuntimeWorker } from '../../workers/runtime.worker.ts';
import type { Ablation, AblationProgress, Feed } from './api.ts';
import { asFault, jobFaults } from './errors.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { findCells } from './find-cells.ts';
import { handOver, handOverBatch } from './hand-over.ts';
import { isOfCells } from './keys.ts';
import type { OpenModelFile, OpenSet, OpenTokenizer } from './open-files.ts';
import { readingSeconds } from './reading-seconds.ts';
import { FIRST_BATCH_SECONDS } from './read-through-model.ts';
import { BATCH_SECONDS } from './sample-reading.ts';
import { SearchMember } from './search-member.ts';
import { spawnRuntime } from './spawn.ts';
import { WorkerLink, type ArgumentsOf, type MethodOf, type ResultOf } from './worker-link.ts';

/** What is open, and where cells come from. */
export interface AblationContext {
  readonly probing: OpenSet | null;
  readonly model: OpenModelFile | null;
  readonly tokenizer: OpenTokenizer | null;
  readonly sources: EvidenceSources;
}

type ModelProvenance = Extract<ActivationProvenance, { readonly kind: 'model' }>;
type OpenFor = AblationContext & { readonly probing: OpenSet; readonly model: OpenModelFile };

/** Milliseconds without a question after which the workers end: what they hold may be needed elsewhere. */
const IDLE = 10 * 60_000;

const IDLE_ENDED = 'The activations were let go of after 10 minutes without a question.';
const CLOSED = 'The activations were let go of.';
const LOST = 'The graphics processor was lost, and the activations with it.';
const LOST_CODE = 'runtime/device-lost';

/** A worker with the activations of a layer, and one that tells where formulas hold. */
export class AblationWorkers {
  readonly #runtime = new WorkerLink<RuntimeWorker>(spawnRuntime, 'switching units off');
  readonly #search = new SearchMember('laying formulas over the layer');
  #ended: Fault | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** Ends both; whatever is asked then, or waits for an answer, is rejected. */
  end(fault: Fault): void {
    clearTimeout(this.#idle);
    this.#ended ??= fault;
    this.#runtime.end(fault);
    this.#search.link.end(fault);
  }

  /** Asks the worker that runs the model. */
  call<Name extends MethodOf<RuntimeWorker>>(
    seconds: number,
    name: Name,
    ...args: ArgumentsOf<RuntimeWorker, Name>
  ): Promise<ResultOf<RuntimeWorker, Name>> {
    return this.#asked(() => this.#runtime.callWithin(seconds, name, ...args));
  }

  /** {@link call} where activations are held: they go with a graphics processor that is lost. */
  async ask<Name extends MethodOf<RuntimeWorker>>(
    seconds: number,
    name: Name,
    ...args: ArgumentsOf<RuntimeWorker, Name>
  ): Promise<ResultOf<RuntimeWorker, Name>> {
    try {
      return await this.call(seconds, name, ...args);
    } catch (error) {
      if (!isLost(error)) throw error;
      this.end(jobFaults['ablation-closed'](LOST));
      throw this.#ended;
    }
  }

  /** Has a fresh worker run the model from now on. */
  renew(fault: Fault): void {
    this.#runtime.end(fault);
  }

  /** See SearchService.formulaShares. */
  shares(
    memory: SearchMemory,
    ...args: ArgumentsOf<SearchMember['link'] extends WorkerLink<infer Service> ? Service : never, 'formulaShares'>
  ): Promise<Float32Array> {
    return this.#asked(() => this.#search.ask(memory, 'formulaShares', ...args));
  }

  async #asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    // A link would start a fresh worker, which holds nothing.
    if (this.#ended) throw this.#ended;
    clearTimeout(this.#idle);
    try {
      return await ask();
    } catch (error) {
      throw asFault(error);
    } finally {
      clearTimeout(this.#idle);
      if (!this.#ended) this.#idle = setTimeout(() => this.end(jobFaults['ablation-closed'](IDLE_ENDED)), IDLE);
    }
  }
}

const isLost = (error: unknown): error is Fault => asFault(error).code === LOST_CODE;

/**
 * Reads the activations behind results again; see {@link Workbench.ablation}.
 *
 * @param workers fresh ones; whoever made them ends them where this fails
 * @throws Fault; the signal's reason
 */
export async function openAblation(
  context: AblationContext,
  results: LayerResults,
  samples: number | null,
  workers: AblationWorkers,
  onProgress: (progress: AblationProgress) => void,
  signal: AbortSignal,
): Promise<Ablation> {
  const open = requireOpen(context, results);
  const asked = Math.max(1, Math.min(samples ?? Infinity, results.samplesRead));
  const read = (provider: BenchRun['provider']): Promise<BenchReady> =>
    readActivations(open, { results, asked, provider }, workers, onProgress, signal);
  const ready = await read(open.made.provider === 'webgpu' ? 'auto' : 'wasm').catch((error: unknown) => {
    if (!isLost(error)) throw error;
    workers.renew(error);
    return read('wasm');
  });
  let memory: Promise<SearchMemory> | undefined;
  const cells = (): Promise<SearchMemory> => {
    memory ??= findCells(context.sources, results).then(({ cells: table, extras, maps }) => ({
      ...{ search: { cells: table, extras }, maps },
    }));
    memory.catch(() => (memory = undefined));
    return memory;
  };
  const { height, width, batches } = ready;
  const tries = new AblationTries(benchOf(workers, batches.length), ready, results.units, async (formulas, of) =>
    workers.shares(await cells(), formulas, of, { height, width }),
  );
  return {
    ground: ready.ground,
    leftOut: asked - ready.ground.samples.length,
    try: (changes, options) => tries.try(changes, options),
    standIns: (options) => tries.standIns(options),
    close: () => workers.end(jobFaults['ablation-closed'](CLOSED)),
  };
}

/** @throws Fault `jobs/not-open-for`, `jobs/no-model` */
function requireOpen(context: AblationContext, results: LayerResults): OpenFor & { readonly made: ModelProvenance } {
  const { activations: made, probing: wanted } = results;
  if (made.kind === 'file' || isOfCells(results))
    throw jobFaults['no-model'](isOfCells(results) ? 'a cell table' : made.name);
  const { probing, model } = context;
  const [set, file] = [probing?.opened.info, model?.opened.info];
  const found = [
    compared('model', made, file && { name: file.name, hash: file.hash }),
    compared(
      'probing set',
      { name: wanted.title, hash: wanted.contentHash },
      set && { name: set.title, hash: set.contentHash },
    ),
  ].filter((one) => one !== null);
  if (found.length === 0 && probing && model) return { ...context, probing, model, made };
  const others = found.flatMap(({ instead }) => instead ?? []);
  throw jobFaults['not-open-for'](found.map((one) => one.wanted).join(' and '), others.join(' and '));
}

interface Named {
  readonly name: string;
  readonly hash: string;
}

/** What is wanted and what is open in its place, in words; null where that is the one. Where both have one name, their hashes tell. */
function compared(
  what: string,
  wanted: Named,
  open: Named | undefined,
): { readonly wanted: string; readonly instead: string | null } | null {
  if (open?.hash === wanted.hash) return null;
  const text = ({ name, hash }: Named): string =>
    `the ${what} ${name}${wanted.name === open?.name ? ` (${hash.slice(0, 8)})` : ''}`;
  return { wanted: text(wanted), instead: open ? text(open) : null };
}

interface ReadingAsked {
  readonly results: LayerResults;
  /** Most samples to hold. */
  readonly asked: number;
  readonly provider: BenchRun['provider'];
}

async function readActivations(
  { probing, model, tokenizer, made }: OpenFor & { readonly made: ModelProvenance },
  { results, asked, provider }: ReadingAsked,
  workers: AblationWorkers,
  onProgress: (progress: AblationProgress) => void,
  signal: AbortSignal,
): Promise<BenchReady> {
  const feed = made.feed as Feed;
  const named = feed.kind === 'pairs' ? feed.encoding.tokenizer : null;
  const run: BenchRun = {
    ...{ layer: made.layer, feed, provider },
    tokenizer: named !== null && tokenizer?.info.hash === named.hash ? tokenizer.file : null,
    output: results.classes?.output ?? null,
    names: results.classes?.names ?? (feed.kind === 'pairs' ? feed.encoding.classes : []),
  };
  onProgress({ stage: 'model', done: 0, total: 1 });
  const { request } = model;
  await workers.call(readingSeconds(request instanceof File ? [request] : []), 'openModel', request);
  await workers.call(FIRST_BATCH_SECONDS, 'openBench', run);
  const { spec, samples: step, length } = await workers.call(BATCH_SECONDS, 'plan', run);
  onProgress({ stage: 'model', done: 1, total: 1 });
  await probing.opened.ready();
  const order = readingOrder(results.probing.sampleCount);
  // One is run while the next is read.
  const slots = [length, length].map((values) => new Float32Array(newMemory(values * Float32Array.BYTES_PER_ELEMENT)));
  const fill = async (first: number, count: number, slot: number) => {
    const given = handOver(slots[slot]);
    const filled = await probing.link.callWithin(BATCH_SECONDS, 'fill', first, count, spec, given, false);
    slots[slot] = filled.values;
    return filled;
  };
  let most = asked;
  const countAt = (first: number): number => Math.min(step, most - first);
  onProgress({ stage: 'activations', done: 0, total: asked });
  let filling = fill(0, countAt(0), 0);
  for (let first = 0, slot = 0; first < most; slot = 1 - slot) {
    signal.throwIfAborted();
    const count = countAt(first);
    const { values, pairs } = await filling;
    const next = first + count;
    if (next < most) {
      filling = fill(next, countAt(next), 1 - slot);
      // Awaited with the next batch; until then a failure must not count as unhandled.
      filling.catch(() => undefined);
    }
    const samples = [...order.subarray(first, next)];
    const seconds = first === 0 ? FIRST_BATCH_SECONDS : BATCH_SECONDS;
    const held = await workers.call(seconds, 'holdBatch', samples, handOverBatch({ values, pairs }));
    slots[slot] = held.values;
    most = Math.max(next, Math.min(asked, held.most));
    first = next;
    onProgress({ stage: 'activations', done: first, total: most });
  }
  // The one that was read too many uses a slot.
  await filling.catch(() => undefined);
  signal.throwIfAborted();
  return workers.call(FIRST_BATCH_SECONDS, 'benchReady');
}

/** The bench in a worker. */
function benchOf(workers: AblationWorkers, batches: number): Bench {
  const ask =
    <Name extends keyof Bench>(seconds: number, name: Name) =>
    (...args: ArgumentsOf<RuntimeWorker, Name>) =>
      workers.ask(seconds, name, ...args);
  return {
    tryOff: ask(BATCH_SECONDS * batches, 'tryOff'),
    beginLines: ask(BATCH_SECONDS, 'beginLines'),
    addLines: ask(BATCH_SECONDS, 'addLines'),
    endLines: ask(BATCH_SECONDS, 'endLines'),
    beginReplaced: ask(BATCH_SECONDS, 'beginReplaced'),
    addReplaced: ask(BATCH_SECONDS, 'addReplaced'),
    endReplaced: ask(BATCH_SECONDS, 'endReplaced'),
  };
}
