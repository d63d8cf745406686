import { describe, expect, it } from 'vitest';
import type { GatherContext } from '../../src/jobs/gather.ts';
import { tryModel } from '../../src/jobs/try-batch.ts';
import type { ModelRun } from '../../src/pipeline/model-run.ts';

const run = { layers: ['relu'], samples: 8, sampleCount: 8 } as unknown as ModelRun;

/** A model and a probing set that only note what is asked of them. @param on is told of each question before it is answered */
function fakeContext(on: (method: string) => void) {
  const asked: string[] = [];
  const call = async (method: string, ...args: readonly unknown[]): Promise<unknown> => {
    asked.push(method);
    on(method);
    if (method === 'plan') return { spec: {}, samples: 4, length: 4 };
    if (method === 'fill') return { values: args[3], pairs: null, part: null };
    return { opening: 1, seconds: 0.5, sizes: [[2]] };
  };
  const link = { call, callWithin: (_: number, method: string, ...args: readonly unknown[]) => call(method, ...args) };
  const ready = { ready: () => Promise.resolve() };
  const context = { probing: ready, model: ready, probingLink: link, runtimeLink: link, cores: 2 };
  return { context: context as unknown as GatherContext & { readonly cores: number }, asked };
}

describe('a batch that is only tried', () => {
  it('tells the pace', async () => {
    const { context, asked } = fakeContext(() => undefined);
    const { pace, sizes } = await tryModel(context, run, false, new AbortController().signal);
    expect(asked).toEqual(['plan', 'fill', 'fill', 'tryBatch']);
    expect(pace.opening).toBe(1);
    expect(pace.aPicture).toBeGreaterThan(0);
    expect(sizes).toEqual([[2]]);
  });

  it('asks nothing more of the model once a run has begun: it would take the session away', async () => {
    const stop = new AbortController();
    const { context, asked } = fakeContext((method) => {
      if (method === 'fill') stop.abort(new Error('a run begins'));
    });
    await expect(tryModel(context, run, false, stop.signal)).rejects.toThrow('a run begins');
    expect(asked).not.toContain('tryBatch');
  });
});
