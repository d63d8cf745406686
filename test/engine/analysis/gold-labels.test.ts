import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldOfPictures, wholeLabels } from '../../../src/engine/analysis/gold-labels.ts';
import type { Concept, SampleLabels } from '../../../src/engine/concepts.ts';
import type { ConceptId } from '../../../src/engine/ids.ts';
import { cellsOf } from '../support/cells-of.ts';
import { build, positionsOf, randomProbing } from '../support/random-probing.ts';

describe('the scene of a picture', () => {
  it('is the only one that holds at all its positions', () => {
    fc.assert(
      fc.property(randomProbing, (probing) => {
        const { table, maps, concepts } = build(probing);
        const positions = positionsOf(probing);
        const each = probing.grid.height * probing.grid.width;
        const expected = probing.samples.map((_, sample) => {
          const here = positions.slice(sample * each, (sample + 1) * each);
          const scenes = concepts.filter(
            ({ id, category }) => category === 'scene' && here.every((set) => set.has(id)),
          );
          return scenes.length === 1 ? scenes[0].name : null;
        });
        expect(wholeLabels(table, maps, concepts, 'scene')).toEqual(expected);
      }),
    );
  });

  it('is named as people read it', () => {
    const concepts: readonly Concept[] = [
      { id: 0 as ConceptId, number: 7, name: 'living_room-s', category: 'scene' },
      { id: 1 as ConceptId, number: 8, name: 'sofa', category: 'object' },
    ];
    const sample = (scene: boolean): SampleLabels => ({
      planes: [Uint16Array.of(2, 0)],
      everywhere: scene ? [concepts[0].id] : [],
    });
    const { table, maps } = cellsOf({ height: 1, width: 2 }, concepts.length, [sample(true), sample(false)]);
    expect(wholeLabels(table, maps, concepts, 'scene')).toEqual(['living room', null]);
  });

  it('is the gold label, or else the class of its folder', () => {
    const named = (categories: readonly string[]): readonly Concept[] =>
      categories.map((category, id) => ({ id: id as ConceptId, number: id, name: `${category} ${id}`, category }));
    const whole = (...everywhere: number[]): SampleLabels => ({
      planes: [],
      everywhere: everywhere.map((id) => id as ConceptId),
    });
    const gold = (concepts: readonly Concept[], samples: readonly SampleLabels[]) => {
      const { table, maps } = cellsOf({ height: 1, width: 1 }, concepts.length, samples);
      return goldOfPictures(table, maps, concepts);
    };
    const both = named(['scene', 'class', 'class']);
    expect(gold(both, [whole(0, 1), whole(2)])).toEqual({ source: 'scene', labels: ['scene 0', null] });
    expect(gold(both, [whole(1), whole(1, 2), whole(2)])).toEqual({
      source: 'class',
      labels: ['class 1', null, 'class 2'],
    });
    expect(gold(named(['object']), [whole(0), whole()])).toEqual({ source: null, labels: [null, null] });
  });
});
