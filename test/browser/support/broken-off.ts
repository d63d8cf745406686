import { expect, vi } from 'vitest';
import { RunSteps } from '../../../src/jobs/run-steps.ts';
import { Storage } from '../../../src/storage/storage.ts';

/** Makes every run keep a step after so many samples, however short it is, and lets a worker die of the next call once that step is kept. */
export function breakOffAfter(samples: number, worker: 'probing' | 'runtime') {
  let dying = false;
  const Real = globalThis.Worker;
  class Watched extends Real {
    readonly #dies: boolean;

    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.#dies = options?.name === worker;
    }

    override postMessage(message: unknown, given?: unknown): void {
      super.postMessage(message, given as Transferable[]);
      if (dying && this.#dies) this.dispatchEvent(new ErrorEvent('error', { message: 'killed' }));
    }
  }
  globalThis.Worker = Watched;
  const storage = new Storage();
  const take = Reflect.get(RunSteps.prototype, 'take') as RunSteps['take'];
  const spies = [
    vi.spyOn(RunSteps.prototype, 'due').mockImplementation((done) => done === samples),
    vi.spyOn(RunSteps.prototype, 'take').mockImplementation(async function (this: RunSteps, ...asked) {
      await take.apply(this, asked);
      await vi.waitFor(async () => expect((await storage.runs()).map(({ done }) => done)).toContain(samples), {
        timeout: 20_000,
      });
      dying = true;
    }),
  ];
  return async (): Promise<void> => {
    for (const spy of spies) spy.mockRestore();
    globalThis.Worker = Real;
    await storage.close();
  };
}

/** Everything kept of cells and activations, byte by byte. */
export async function keptBytes(): Promise<Record<string, readonly number[]>> {
  const storage = new Storage();
  const bytes: Record<string, readonly number[]> = {};
  for (const { store, key } of await storage.kept()) {
    if (store !== 'cells' && store !== 'activations') continue;
    const entry = await storage.find(store, key);
    for (const [name, buffer] of Object.entries(entry?.buffers ?? {}))
      bytes[`${store} ${key} ${name}`] = [...new Uint8Array(buffer)];
  }
  await storage.close();
  return bytes;
}
