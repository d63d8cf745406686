import type { InputTensor } from '../onnx/input-tensor.ts';
import { crossCheck } from './cross-check.ts';
import type { FloatTensor, ModelSession } from './model-session.ts';

/** How far WebGPU may be from WebAssembly, relative to a tensor's largest magnitude. They mostly differ by 1e-5 or less. */
export const TOLERANCE = 1e-3;

/**
 * Wraps a session so that its first batch is run a second time by a reference, which is closed again if the two agree. If they
 * do not, the reference takes over, and `provider` and `providerNote` change to say so: read them after the first batch.
 *
 * @param openReference opens the same model elsewhere; not called before the first batch
 */
export function checkedSession(
  session: ModelSession,
  openReference: () => Promise<ModelSession>,
  tolerance: number = TOLERANCE,
): ModelSession {
  let current = session;
  let note = session.providerNote;
  let first: Promise<Record<string, FloatTensor>> | undefined;

  async function runFirst(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, FloatTensor>> {
    const found = await session.run(inputs);
    const reference = await openReference().catch(() => undefined);
    if (!reference) {
      note = `${session.providerNote}; not checked against WebAssembly, which could not open the model`;
      return found;
    }
    const expected = await reference.run(inputs);
    const apart = crossCheck(found, expected);
    if (apart <= tolerance) {
      note = `${session.providerNote}; agrees with WebAssembly within ${apart.toExponential(0)}`;
      await reference.close();
      return found;
    }
    current = reference;
    const size = Number.isFinite(apart) ? `by ${apart.toPrecision(2)} of the largest value` : 'beyond measure';
    note = `${reference.providerNote}; WebGPU was left because its first batch differed ${size}`;
    await session.close();
    return expected;
  }

  return {
    get provider() {
      return current.provider;
    },
    get providerNote() {
      return note;
    },
    runtimeVersion: session.runtimeVersion,
    async run(inputs) {
      if (!first) {
        first = runFirst(inputs);
        return first;
      }
      await first.catch(() => undefined);
      return current.run(inputs);
    },
    close: () => current.close(),
  };
}
