import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accuracyOfClasses } from '../../../src/engine/analysis/accuracy-of-classes.ts';
import { sameLabel } from '../../../src/engine/results/class-accuracy.ts';
import { randomClasses } from './support/made-layer.ts';

it('counts, for each class, the samples with its label and those that the model gets right', () => {
  fc.assert(
    fc.property(randomClasses, ({ results: { classes }, gold }) => {
      if (!classes) return;
      const { names, predicted } = classes;
      const counts = names.map((name) => {
        const own = [...predicted.keys()].filter(
          (sample) => predicted[sample] >= 0 && sameLabel(name, gold[sample] ?? ''),
        );
        const right = own.filter((sample) => sameLabel(names[predicted[sample]], name));
        return { compared: own.length, right: right.length };
      });
      expect(accuracyOfClasses(classes, gold)).toEqual(counts.some(({ compared }) => compared > 0) ? counts : null);
    }),
  );
});

it('is not told where no sample has the label of a class', () => {
  const classes = { names: ['river'], weights: null, predicted: [0, 0] };
  expect(accuracyOfClasses(classes, ['street', null])).toBeNull();
  expect(accuracyOfClasses(classes, ['/r/River', null])).toEqual([{ compared: 1, right: 1 }]);
});

it('takes what a person said of labels', () => {
  const classes = { names: ['river', 'street'], weights: null, predicted: [0, 1, 0] };
  const gold = ['water', 'river', null];
  expect(accuracyOfClasses(classes, gold, new Map([['water', 0]]))).toEqual([
    { compared: 2, right: 1 },
    { compared: 0, right: 0 },
  ]);
});
