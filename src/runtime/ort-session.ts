import type * as OrtModule from 'onnxruntime-web';
import type { InputTensor } from '../onnx/input-tensor.ts';
import { describeFailure } from './describe-failure.ts';
import { runtimeFaults } from './errors.ts';
import type { FloatTensor, ModelSession, Provider } from './model-session.ts';
import type { SessionOptions } from './session-options.ts';

/** What is used of onnxruntime; its builds for pages and for Node have it alike. */
export type Ort = Pick<typeof OrtModule, 'InferenceSession' | 'Tensor' | 'env'>;

/** Where a session is to run, decided by the caller. */
export interface Place {
  readonly provider: Provider;
  readonly providerNote: string;
  /** Settles with the reason once the device is gone; asked for after the session was made. */
  readonly whenLost?: () => Promise<string>;
}

/**
 * Opens a session of onnxruntime on one provider and no other.
 *
 * Calls of `run` wait for each other. After a lost device every further call is refused at once: onnxruntime itself would
 * block the thread for ever.
 *
 * @throws Fault
 */
export async function createSession(
  ort: Ort,
  model: Blob | Uint8Array,
  options: SessionOptions,
  place: Place,
): Promise<ModelSession> {
  const session = await load(ort, model, place.provider);
  const unknown = options.taps.find((tensor) => !session.outputNames.includes(tensor));
  if (unknown !== undefined) {
    await session.release();
    throw runtimeFaults['unknown-tap'](unknown, session.outputNames.join(', '));
  }
  return new OrtSession(ort, session, options.taps, place);
}

async function load(ort: Ort, model: Blob | Uint8Array, provider: Provider): Promise<OrtModule.InferenceSession> {
  try {
    const bytes = model instanceof Blob ? new Uint8Array(await model.arrayBuffer()) : model;
    return await ort.InferenceSession.create(bytes, {
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      // Waiting threads must not take a core from the workers that decode the next pictures.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw describeFailure(error);
  }
}

class OrtSession implements ModelSession {
  readonly provider: Provider;
  readonly providerNote: string;
  readonly runtimeVersion: string;
  readonly #ort: Ort;
  readonly #session: OrtModule.InferenceSession;
  readonly #taps: readonly string[];
  readonly #lost: Promise<never>;
  #state: 'open' | 'lost' | 'closed' = 'open';
  #last: Promise<unknown> = Promise.resolve();

  constructor(ort: Ort, session: OrtModule.InferenceSession, taps: readonly string[], place: Place) {
    this.provider = place.provider;
    this.providerNote = place.providerNote;
    this.runtimeVersion = ort.env.versions.web ?? ort.env.versions.common;
    this.#ort = ort;
    this.#session = session;
    this.#taps = taps;
    this.#lost = this.#watch(place.whenLost);
    this.#lost.catch(() => undefined);
  }

  run(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, FloatTensor>> {
    const result = this.#last.then(() => this.#runNow(inputs));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    const lost = this.#state === 'lost';
    this.#state = 'closed';
    if (lost) return;
    await this.#last;
    await this.#session.release();
  }

  async #runNow(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, FloatTensor>> {
    if (this.#state === 'closed') throw runtimeFaults.closed();
    if (this.#state === 'lost') await this.#lost;
    const feeds = this.#feeds(inputs);
    try {
      const found = await Promise.race([this.#session.run(feeds, [...this.#taps]), this.#lost]);
      return Object.fromEntries(this.#taps.map((tensor) => [tensor, floats(tensor, found[tensor])]));
    } catch (error) {
      const fault = describeFailure(error);
      if (fault.code === 'runtime/device-lost') this.#state = 'lost';
      throw fault;
    }
  }

  #feeds(inputs: Readonly<Record<string, InputTensor>>): Record<string, OrtModule.Tensor> {
    const needed = this.#session.inputNames;
    const unknown = Object.keys(inputs).find((name) => !needed.includes(name));
    const missing = needed.find((name) => !(name in inputs));
    if (unknown !== undefined || missing !== undefined) {
      throw runtimeFaults['missing-input'](unknown ?? '(none)', needed.join(', '));
    }
    return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, this.#tensor(input)]));
  }

  #tensor({ dims, data }: InputTensor): OrtModule.Tensor {
    if (data instanceof BigInt64Array) return new this.#ort.Tensor('int64', data, dims);
    if (data instanceof Int32Array) return new this.#ort.Tensor('int32', data, dims);
    return new this.#ort.Tensor('float32', data, dims);
  }

  async #watch(whenLost: Place['whenLost']): Promise<never> {
    const reason = await (whenLost?.() ?? new Promise<never>(() => undefined));
    if (this.#state === 'open') this.#state = 'lost';
    throw runtimeFaults['device-lost'](reason && ` (${reason})`);
  }
}

function floats(name: string, tensor: OrtModule.Tensor): FloatTensor {
  if (!(tensor.data instanceof Float32Array)) throw runtimeFaults['not-float'](name, tensor.type);
  return { dims: tensor.dims, data: tensor.data };
}
