import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Concept } from '../../src/engine/concepts.ts';
import { Fault } from '../../src/engine/fault.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { ExplainSettings, UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { FormulaMeasures } from '../../src/engine/results/measures.ts';
import type { Evidence, ThresholdLimits, Workbench } from '../../src/jobs/api.ts';
import { Address } from '../../src/state/address.svelte.ts';
import { Live } from '../../src/state/live.svelte.ts';
import { UnitTable } from '../../src/state/unit-table.svelte.ts';
import { Workspace } from '../../src/state/workspace.svelte.ts';

const concepts: readonly Concept[] = ['water', 'river', 'blue'].map((name, id) => ({
  id: id as ConceptId,
  number: id + 1,
  name,
  category: 'object',
}));
const concept = (id: number): Formula => ({ kind: 'concept', concept: id as ConceptId });

function explanation(unit: number, iou: number): UnitExplanation {
  const best = { formula: concept(unit % 3), size: 10, intersection: 5, iou, score: iou };
  return {
    unit: unit as UnitId,
    state: 'explained',
    threshold: 1,
    area: 10,
    firing: 2,
    best,
    byLength: [best],
    beam: [best],
    top: [],
  };
}

/** A question that was asked, to be answered by the test. */
interface Asked<Answer> {
  readonly unit: number;
  readonly settings?: ExplainSettings;
  readonly formula?: Formula;
  answer(value: Answer): Promise<void>;
  fail(error: unknown): Promise<void>;
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
  flushSync();
};

function asking<Answer>(list: Asked<Answer>[], known: Pick<Asked<Answer>, 'unit' | 'settings' | 'formula'>) {
  return new Promise<Answer>((resolve, reject) => {
    list.push({
      ...known,
      answer: (value) => (resolve(value), settle()),
      fail: (error) => (reject(error), settle()),
    });
  });
}

class FakeEvidence {
  readonly explained: Asked<UnitExplanation>[] = [];
  readonly measured: Asked<FormulaMeasures>[] = [];
  limits: ThresholdLimits | Fault = { quantile: 0.05, floor: -Infinity };

  explain(unit: number, settings: ExplainSettings): Promise<UnitExplanation> {
    return asking(this.explained, { unit, settings });
  }

  measure(unit: number, _threshold: number, formula: Formula): Promise<FormulaMeasures> {
    return asking(this.measured, { unit, formula });
  }

  thresholdLimits(): Promise<ThresholdLimits> {
    return this.limits instanceof Fault ? Promise.reject(this.limits) : Promise.resolve(this.limits);
  }
}

const measures = (iou: number): FormulaMeasures => ({ iou }) as FormulaMeasures;

function open(): { live: Live; address: Address; evidence: FakeEvidence; workspace: Workspace } {
  const workspace = new Workspace({} as Workbench);
  const address = new Address();
  const evidence = new FakeEvidence();
  workspace.results = {
    settings: { ...defaultSettings, length: 3 },
    concepts,
    categories: ['object'],
    units: [explanation(0, 0.1), explanation(1, 0.2)],
  } as unknown as LayerResults;
  workspace.evidence = evidence as unknown as Evidence;
  const live = new Live(workspace, address, new UnitTable(workspace, address));
  stop = live.follow();
  flushSync();
  return { live, address, evidence, workspace };
}

let stop: (() => void) | undefined;
beforeEach(() => void vi.stubGlobal('history', { pushState: vi.fn(), replaceState: vi.fn() }));
afterEach(() => {
  stop?.();
  stop = undefined;
  vi.unstubAllGlobals();
});

describe('settings tried', () => {
  it("are the results' own until changed, and then stand in the address", async () => {
    const { live, address, evidence } = open();
    await settle();
    expect(live.explanation?.best?.iou).toBe(0.1);
    expect(live.changed).toBe(false);
    expect(evidence.explained).toHaveLength(0);
    live.change({ length: 5 });
    await settle();
    expect(address.route.try).not.toBe('');
    expect(evidence.explained.map(({ settings }) => settings?.length)).toEqual([5]);
    live.change({ length: 3 });
    expect(address.route.try).toBe('');
    expect(live.changed).toBe(false);
  });

  it('keep the old answer, as pending, until the new one comes', async () => {
    const { live, evidence } = open();
    live.change({ length: 5 });
    await settle();
    expect([live.explanation?.best?.iou, live.pending]).toEqual([0.1, true]);
    await evidence.explained[0].answer(explanation(0, 0.5));
    expect([live.explanation?.best?.iou, live.pending]).toEqual([0.5, false]);
    live.change({ length: 6 });
    await settle();
    expect([live.explanation?.best?.iou, live.pending]).toEqual([0.5, true]);
  });

  it('ask one question at a time, and of those in between only the newest', async () => {
    const { live, evidence } = open();
    for (const length of [4, 5, 6, 7]) {
      live.change({ length });
      await settle();
    }
    expect(evidence.explained.map(({ settings }) => settings?.length)).toEqual([4]);
    await evidence.explained[0].answer(explanation(0, 0.4));
    expect(evidence.explained.map(({ settings }) => settings?.length)).toEqual([4, 7]);
    expect([live.explanation?.best?.iou, live.pending]).toEqual([0.4, true]);
    await evidence.explained[1].answer(explanation(0, 0.7));
    expect([live.explanation?.best?.iou, live.pending]).toEqual([0.7, false]);
  });

  it('go on to the next unit, whose question answers of the unit before do not answer', async () => {
    const { live, address, evidence } = open();
    live.change({ length: 5 });
    await settle();
    address.adjust({ unit: 1 });
    await settle();
    expect(live.settings?.length).toBe(5);
    await evidence.explained[0].answer(explanation(0, 0.5));
    expect(live.explanation?.unit).toBe(1);
    expect(live.explanation?.best?.iou).toBe(0.2);
    expect(evidence.explained.map(({ unit }) => unit)).toEqual([0, 1]);
    await evidence.explained[1].answer(explanation(1, 0.6));
    expect(live.explanation?.best?.iou).toBe(0.6);
  });

  it('drop answers of evidence that is no longer shown', async () => {
    const { live, evidence, workspace } = open();
    live.change({ length: 5 });
    await settle();
    const other = new FakeEvidence();
    workspace.evidence = other as unknown as Evidence;
    await settle();
    await evidence.explained[0].answer(explanation(0, 0.9));
    expect(live.explanation?.best?.iou).toBe(0.1);
    await other.explained[0].answer(explanation(0, 0.5));
    expect(live.explanation?.best?.iou).toBe(0.5);
  });

  it('keep the old answer when the new question fails, and say why', async () => {
    const { live, evidence } = open();
    live.change({ length: 5 });
    await settle();
    await evidence.explained[0].answer(explanation(0, 0.5));
    live.change({ beam: 20 });
    await settle();
    await evidence.explained[1].fail(new Fault('jobs/worker-died', 'It ended.'));
    expect(live.fault?.code).toBe('jobs/worker-died');
    expect([live.explanation?.best?.iou, live.pending]).toEqual([0.5, false]);
    live.change({ beam: 30 });
    await settle();
    await evidence.explained[2].answer(explanation(0, 0.55));
    expect(live.fault).toBeNull();
    expect(live.explanation?.best?.iou).toBe(0.55);
  });

  it('ask once more when their question was pushed aside, which is no error', async () => {
    const { live, evidence } = open();
    live.change({ length: 5 });
    await settle();
    await evidence.explained[0].fail(new Fault('jobs/stale', 'Pushed aside.'));
    expect(live.fault).toBeNull();
    expect(evidence.explained).toHaveLength(2);
    await evidence.explained[1].answer(explanation(0, 0.5));
    expect(live.explanation?.best?.iou).toBe(0.5);
  });

  it('are refused in words where the threshold needs activations that are not kept, without asking', async () => {
    const { live, evidence } = open();
    await settle();
    live.change({ threshold: { kind: 'quantile', quantile: 0.1 } });
    await settle();
    expect(live.fault?.message).toContain('5 %');
    expect(evidence.explained).toHaveLength(0);
    live.change({ threshold: { kind: 'quantile', quantile: 0.05 } });
    await settle();
    expect(live.fault).toBeNull();
    expect(evidence.explained).toHaveLength(1);
  });

  it('are closed where nothing is kept to explain with', async () => {
    const { live, evidence, workspace } = open();
    const without = new FakeEvidence();
    without.limits = new Fault('jobs/not-kept', 'Not kept.');
    workspace.evidence = without as unknown as Evidence;
    await settle();
    live.change({ length: 5 });
    await settle();
    expect(live.closed?.code).toBe('jobs/not-kept');
    expect(live.pending).toBe(false);
    expect([...evidence.explained, ...without.explained]).toHaveLength(0);
  });

  it('go back to the results at once', async () => {
    const { live, address, evidence } = open();
    live.change({ length: 5 });
    await settle();
    await evidence.explained[0].answer(explanation(0, 0.5));
    live.reset();
    expect(address.route.try).toBe('');
    expect(live.explanation?.best?.iou).toBe(0.1);
  });
});

describe('a formula tried', () => {
  it('takes the place of the best one in pictures and measures', async () => {
    const { live, address, evidence } = open();
    await settle();
    expect(live.formula).toEqual(concept(0));
    await evidence.measured[0].answer(measures(0.1));
    live.tryText('water OR river');
    await settle();
    expect(address.route.formula).toBe('water OR river');
    expect(live.formula).toEqual({ kind: 'or', left: concept(0), right: concept(1) });
    expect([live.measures?.iou, live.measuring]).toEqual([0.1, true]);
    expect(evidence.measured[1].formula).toEqual(live.formula);
    await evidence.measured[1].answer(measures(0.15));
    expect([live.measures?.iou, live.measuring]).toEqual([0.15, false]);
    live.tryText('');
    expect(live.formula).toEqual(concept(0));
  });

  it('leaves the best one in its place while it is wrong, and says where', () => {
    const { live } = open();
    live.tryText('water OR rivver');
    expect(live.typed?.formula).toBeNull();
    expect(live.typed?.fault?.at).toBe('water OR '.length);
    expect(live.formula).toEqual(concept(0));
  });

  it('is written so that it reads back as itself', () => {
    const { live } = open();
    const formula: Formula = {
      kind: 'and',
      left: { kind: 'or', left: concept(0), right: concept(1) },
      right: { kind: 'not', of: concept(2) },
    };
    live.tryFormula(formula);
    expect(live.formula).toEqual(formula);
  });
});
