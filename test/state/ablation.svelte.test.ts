import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { Ablation, AblationProgress, Job } from '../../src/jobs/api.ts';
import { AblationState, bytesOfSample } from '../../src/state/ablation.svelte.ts';
import { AblationTrial } from '../../src/state/ablation-trial.svelte.ts';
import { choose } from '../../src/state/label-choices.ts';
import { OpenAblation } from '../../src/state/open-ablation.svelte.ts';
import { Task } from '../../src/state/task.svelte.ts';
import type { Workspace } from '../../src/state/workspace.svelte.ts';
import { fakeAblation } from '../ui/fake-ablation.ts';
import { FakePairEvidence } from '../ui/fake-pair-evidence.ts';
import { fakePairResults } from '../ui/fake-pair-results.ts';

const evidence = new FakePairEvidence();

/** Long enough for all that waits for nothing but promises and timers of 0. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  flushSync();
};

/** A promise that the test settles. */
function later<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((kept, broken) => {
    resolve = kept;
    reject = broken;
  });
  return { promise, resolve, reject };
}

/** A workbench whose jobs the test ends. */
class Opening {
  readonly asked: { readonly results: LayerResults; readonly samples: number | null }[] = [];
  readonly closed: Ablation[] = [];
  cancelled = 0;
  tell: (progress: AblationProgress) => void = () => undefined;
  finish: (ablation?: Ablation) => Promise<void> = settle;
  fail: (fault: Fault) => Promise<void> = settle;

  readonly ablation = (
    results: LayerResults,
    samples: number | null,
    onProgress: (progress: AblationProgress) => void,
  ): Job<Ablation> => {
    this.asked.push({ results, samples });
    this.tell = onProgress;
    const { promise, resolve, reject } = later<Ablation>();
    this.finish = (ablation = this.make(results)) => (resolve(ablation), settle());
    this.fail = (fault) => (reject(fault), settle());
    const cancel = (): void => {
      this.cancelled += 1;
      reject(new Fault('jobs/cancelled', 'It was cancelled.'));
    };
    return { finished: promise, cancel };
  };

  make(results: LayerResults): Ablation {
    const ablation: Ablation = { ...fakeAblation(results, null, 0), close: () => void this.closed.push(ablation) };
    return ablation;
  }
}

/** What of a workspace decides when it is closed. */
class Shown {
  results: LayerResults | null = $state.raw(fakePairResults);
  run: Workspace['run'] = $state.raw(null);
}

const opened = (): OpenAblation => new OpenAblation(fakeAblation(fakePairResults, null, 0), fakePairResults, null);

describe('opening a model to switch units off', () => {
  it('tells how far it is, then has what it takes', async () => {
    const workbench = new Opening();
    const state = new AblationState(workbench, new Shown());
    state.samples = 50;
    const started = state.start(fakePairResults, evidence);
    expect([state.opening, state.open]).toEqual([true, null]);
    expect(workbench.asked).toEqual([{ results: fakePairResults, samples: 50 }]);
    workbench.tell({ stage: 'activations', done: 3, total: 9 });
    expect(state.progress).toEqual({ stage: 'activations', done: 3, total: 9 });
    await workbench.finish();
    await started;
    expect([state.opening, state.progress, state.fault]).toEqual([false, null, null]);
    expect(state.open?.results).toBe(fakePairResults);
    expect(state.open?.compares).toBe(true);
    expect(state.open?.truth.labels.map(({ label }) => label)).toEqual(['entailment', 'neutral', 'contradiction']);
  });

  it('knows no right answers where gold labels are not kept', async () => {
    const workbench = new Opening();
    const state = new AblationState(workbench, new Shown());
    const lacking = { goldLabels: () => Promise.reject(new Fault('jobs/not-kept', 'Not kept.')) };
    void state.start(fakePairResults, lacking);
    await workbench.finish();
    expect(state.open?.compares).toBe(false);
    expect(state.fault).toBeNull();
  });

  it('goes by the gold labels and corrections that were chosen', async () => {
    const workbench = new Opening();
    const state = new AblationState(workbench, new Shown());
    const gold = fakePairResults.classes?.predicted.map((place) => ['yes', 'maybe', 'neutral'][place]) ?? [];
    const corrections = new Map<string, number | null>([['yes', 0]]);
    const origins = { labels: null, names: null };
    const results = choose(fakePairResults, { gold, corrections }, origins);
    void state.start(results, evidence);
    await workbench.finish();
    expect(state.open?.truth.labels).toEqual([
      { label: 'yes', place: 0 },
      { label: 'neutral', place: fakePairResults.classes?.names.indexOf('neutral') },
    ]);
    choose(fakePairResults, {}, origins);
  });

  it('says why it failed, and leaves nothing of a cancelled try', async () => {
    const workbench = new Opening();
    const state = new AblationState(workbench, new Shown());
    void state.start(fakePairResults, evidence);
    await workbench.fail(new Fault('jobs/not-open-for', 'Open the model scenes.onnx.'));
    expect([state.opening, state.fault?.message]).toEqual([false, 'Open the model scenes.onnx.']);
    void state.start(fakePairResults, evidence);
    expect(state.fault).toBeNull();
    state.cancel();
    await settle();
    expect([state.opening, state.fault, state.open, workbench.cancelled]).toEqual([false, null, null, 1]);
    workbench.tell({ stage: 'model', done: 1, total: 2 });
    expect(state.progress).toBeNull();
  });

  it('turns what a workbench throws at once into a fault', async () => {
    const state = new AblationState(
      {
        ablation: () => {
          throw new Fault('onnx/no-classes', 'The model has no classes.');
        },
      },
      new Shown(),
    );
    await state.start(fakePairResults, evidence);
    expect([state.opening, state.fault?.code]).toEqual([false, 'onnx/no-classes']);
  });

  it('closes what comes too late', async () => {
    const workbench = new Opening();
    const state = new AblationState(workbench, new Shown());
    const slow = { goldLabels: () => settle().then(() => evidence.goldLabels()) };
    void state.start(fakePairResults, slow);
    void workbench.finish();
    await Promise.resolve();
    state.cancel();
    await settle();
    await settle();
    expect([state.open, workbench.closed.length]).toEqual([null, 1]);
  });

  it('stays open until other results or another run are shown', async () => {
    const workbench = new Opening();
    const shown = new Shown();
    const state = new AblationState(workbench, shown);
    const stop = state.follow();
    flushSync();
    void state.start(fakePairResults, evidence);
    await workbench.finish();
    expect(state.open).not.toBeNull();
    shown.results = { ...fakePairResults, key: 'other' };
    flushSync();
    expect([state.open, workbench.closed.length]).toEqual([null, 1]);
    void state.start(fakePairResults, evidence);
    await workbench.finish();
    shown.run = {} as NonNullable<Workspace['run']>;
    flushSync();
    expect([state.open, workbench.closed.length]).toEqual([null, 2]);
    stop();
  });

  it('knows what a sample takes from the sizes of the layer', () => {
    expect(bytesOfSample({ shape: [1, 128, 14, 14], tokens: false })).toBe(100_352);
    expect(bytesOfSample({ shape: ['N', 512], tokens: false })).toBe(2048);
    expect(bytesOfSample({ shape: [1, 128, 'h', 14], tokens: false })).toBeNull();
    expect(bytesOfSample({ shape: [1, 20, 64], tokens: true })).toBeNull();
    expect(bytesOfSample({ shape: null, tokens: false })).toBeNull();
  });
});

describe('a trial', () => {
  it('has the outcome of the units chosen, and goes back', async () => {
    const { trial } = opened();
    await settle();
    expect(trial.outcome).toMatchObject({ units: [], change: { becameWrong: 0, becameRight: 0, p: null } });
    trial.toggle(4);
    trial.toggle(2);
    expect(trial.units).toEqual([2, 4]);
    await settle();
    expect(trial.outcome?.units).toEqual([2, 4]);
    expect(trial.outcome?.changed.length).toBe(trial.outcome?.change.changed.hits);
    trial.toggle(4);
    expect(trial.units).toEqual([2]);
    trial.choose([9, 3, 3]);
    trial.choose([3, 9]);
    expect(trial.units).toEqual([3, 9]);
    trial.undo();
    trial.undo();
    expect(trial.units).toEqual([2, 4]);
    trial.reset();
    expect([trial.units, trial.canUndo]).toEqual([[], true]);
    trial.undo();
    await settle();
    expect([trial.outcome?.units, trial.pending]).toEqual([[2, 4], false]);
    while (trial.canUndo) trial.undo();
    expect(trial.units).toEqual([]);
  });

  it('replaces by formulas only what has one', async () => {
    const { trial, explained, results } = opened();
    const without = results.units.find(({ unit }) => !explained.has(unit))?.unit ?? -1;
    expect(without).toBeGreaterThanOrEqual(0);
    trial.choose([0, without]);
    expect(trial.units).toEqual([0, without]);
    trial.turnTo('formulas');
    expect([trial.units, trial.allows(without), trial.allows(1)]).toEqual([[0], false, true]);
    trial.choose([1, without]);
    expect(trial.units).toEqual([1]);
    await settle();
    expect(trial.outcome).toMatchObject({ units: [1], kind: 'formulas' });
    trial.turnTo('off');
    expect(trial.allows(without)).toBe(true);
  });

  it('asks for nothing between the choice at work and the newest', async () => {
    const asked: (readonly number[])[] = [];
    const { ablation, truth } = opened();
    const noting: Pick<Ablation, 'ground' | 'try'> = {
      ground: ablation.ground,
      try: (changes) => {
        asked.push(changes[0].units);
        return ablation.try(changes);
      },
    };
    const trial = new AblationTrial(noting, truth, new Set());
    for (const unit of [5, 6, 7]) trial.toggle(unit);
    await settle();
    expect(asked).toEqual([[], [5, 6, 7]]);
  });

  it('says why there is no outcome', async () => {
    const { ablation, truth } = opened();
    const failing = { ground: ablation.ground, try: () => Promise.reject(new Fault('jobs/lost', 'The worker ended.')) };
    const trial = new AblationTrial(failing, truth, new Set());
    await settle();
    expect([trial.outcome, trial.fault?.message]).toEqual([undefined, 'The worker ended.']);
  });
});

describe('what takes longer', () => {
  it('is made with progress', async () => {
    const open = opened();
    await Promise.all([open.tryUnits(), open.prune('explained', 4), open.tryFormulas()]);
    expect(open.single.made?.units).toHaveLength(fakePairResults.units.length);
    expect(open.pruning.made?.random).toMatchObject({ orders: 4, seed: 1 });
    expect(open.formulas.made?.explained).toBe(open.explained.size);
    expect([open.single, open.pruning, open.formulas].map(({ running, progress }) => [running, progress])).toEqual([
      ...[
        [false, null],
        [false, null],
        [false, null],
      ],
    ]);
  });

  it('leaves what an earlier one made where it is cancelled, fails, or is pushed aside', async () => {
    const task = new Task<number>();
    await task.start(async ({ onProgress }) => {
      onProgress(1, 2);
      expect(task.progress).toEqual({ done: 1, total: 2 });
      return 1;
    });
    expect([task.made, task.running]).toEqual([1, false]);
    const late = later<number>();
    let signal: AbortSignal | undefined;
    const pushed = task.start((options) => {
      ({ signal } = options);
      return late.promise;
    });
    await task.start(async () => 2);
    late.resolve(3);
    await pushed;
    expect([task.made, signal?.aborted, task.fault]).toEqual([2, true, null]);
    await task.start(() => Promise.reject(new Fault('jobs/lost', 'The worker ended.')));
    expect([task.made, task.running, task.fault?.code]).toEqual([2, false, 'jobs/lost']);
    const cancelled = task.start(({ signal: ended }) => settle().then(() => (ended.throwIfAborted(), 4)));
    task.cancel();
    await cancelled;
    expect([task.made, task.running, task.fault]).toEqual([2, false, null]);
  });
});
