import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindLabels } from '../../src/engine/kinds/kind.ts';
import type { KindLabel } from '../../src/engine/kinds/kind.ts';
import type { UnitId } from '../../src/engine/ids.ts';
import { KindLabels } from '../../src/state/kind-labels.svelte.ts';
import { KindRound } from '../../src/state/kind-round.svelte.ts';
import { FakeKinds } from '../ui/fake-kinds.ts';

const units = Array.from({ length: 12 }, (_, unit) => unit as UnitId);

/** A step: a unit and its label, or that the step before is taken back. */
const step = fc.oneof(
  fc.tuple(fc.constantFrom(...units), fc.option(fc.constantFrom(...kindLabels))),
  fc.constant('undo' as const),
);

describe('labels', () => {
  it('are never lost: each step can be taken back, and all are there on the next visit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.nat(), async (steps, loadAt) => {
        const notes = new FakeKinds();
        await notes.keepNote('labels of kinds', { 11: 'lexical' });
        const labels = new KindLabels(notes);
        const history: Map<UnitId, KindLabel>[] = [new Map([[11 as UnitId, 'lexical']])];
        await labels.load();
        for (const [at, one] of steps.entries()) {
          if (one === 'undo') {
            expect(labels.canUndo).toBe(history.length > 1);
            labels.undo();
            if (history.length > 1) history.pop();
          } else {
            const [unit, label] = one;
            labels.set(unit, label);
            const next = new Map(history[history.length - 1]);
            if (label === null) next.delete(unit);
            else next.set(unit, label);
            history.push(next);
          }
          expect(new Map(labels.all)).toEqual(history[history.length - 1]);
          if (at === loadAt % 30) await labels.load();
        }
        await labels.kept();
        const later = new KindLabels(notes);
        await later.load();
        expect(new Map(later.all)).toEqual(history[history.length - 1]);
        expect(labels.fault).toBeNull();
      }),
    );
  });

  it('given before those of an earlier visit are there do not write over them', async () => {
    const notes = new FakeKinds();
    await notes.keepNote('labels of kinds', { 1: 'none', 2: 'polysemantic' });
    const labels = new KindLabels(notes);
    labels.set(2 as UnitId, 'lexical');
    await labels.kept();
    expect(await notes.note('labels of kinds')).toEqual({ 1: 'none', 2: 'lexical' });
    expect([...labels.all].sort()).toEqual([
      [1, 'none'],
      [2, 'lexical'],
    ]);
  });

  it('pass over what is no label', async () => {
    const notes = new FakeKinds();
    for (const note of [null, 7, 'x', { a: 'none', 3: 'car', 4: 'unsure' }]) {
      await notes.keepNote('labels of kinds', note);
      const labels = new KindLabels(notes);
      await labels.load();
      expect([...labels.all]).toEqual(typeof note === 'object' && note ? [[4, 'unsure']] : []);
    }
  });

  it('say where they cannot be kept, and stay', async () => {
    const full = Object.assign(new FakeKinds(), { keepNote: () => Promise.reject(new Error('no room')) });
    const labels = new KindLabels(full);
    labels.set(3 as UnitId, 'none');
    await labels.kept();
    expect(labels.fault?.message).toBe('Something failed that should not have: no room');
    expect([...labels.all]).toEqual([[3, 'none']]);
  });

  it('of a table are one step; those of other units stay', () => {
    const labels = new KindLabels(new FakeKinds());
    labels.set(5 as UnitId, 'none');
    expect(labels.read('unit,label\n1,lexical\n2,unsure\n', 'a.csv', new Set(units))).toBe(2);
    expect(labels.all.size).toBe(3);
    expect(() => labels.read('unit,label\n1,none\n99,none\n', 'a.csv', new Set(units))).toThrow('a.csv, row 3');
    expect(labels.all.get(1 as UnitId)).toBe('lexical');
    labels.undo();
    expect([...labels.all]).toEqual([[5, 'none']]);
  });
});

describe('a round of labelling', () => {
  it('goes through its units once, back and forth, and leaves other labels alone', () => {
    const labels = new KindLabels(new FakeKinds());
    for (const unit of units) labels.set(unit, 'unsure');
    const round = new KindRound(units, 5, 3, labels);
    expect(new Set(round.units).size).toBe(5);
    round.undo();
    expect([round.done, labels.all.get(round.units[0])]).toEqual([0, 'unsure']);
    for (const label of ['lexical', 'perceptual'] as const) round.give(label);
    round.undo();
    expect([round.unit, labels.all.get(round.units[1])]).toEqual([round.units[1], 'unsure']);
    for (const label of ['none', 'polysemantic', 'specialization', 'lexical', 'none'] as const) round.give(label);
    expect([round.unit, round.done]).toEqual([null, 5]);
    expect(round.units.map((unit) => labels.all.get(unit))).toEqual([
      'lexical',
      'none',
      'polysemantic',
      'specialization',
      'lexical',
    ]);
    const others = units.filter((unit) => !round.units.includes(unit));
    expect(others.every((unit) => labels.all.get(unit) === 'unsure')).toBe(true);
    expect(new KindRound(units, 5, 3, labels).units).toEqual(round.units);
  });
});
