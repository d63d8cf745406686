import { describe, expect, it } from 'vitest';
import type { Concept } from '../../src/engine/concepts.ts';
import type { Formula } from '../../src/engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../src/engine/ids.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import { placeText, unitSentence } from '../../src/ui/text/sentence.ts';

const list: readonly (readonly [string, string])[] = [
  ['water', 'object'],
  ['river', 'object'],
  ['blue-c', 'color'],
  ['street-s', 'scene'],
  ['orange', 'object'],
  ['leaves', 'part'],
  ['bus', 'object'],
  ['pre:run', 'pre:tok'],
  ['hyp:tag:NN', 'hyp:tag'],
  ['farm-s', 'scene'],
  ['red-c', 'color'],
  ['hyp:nobody', 'hyp:tok'],
  ['hyp:sleeping', 'hyp:tok'],
  ['hyp:tag:NNS', 'hyp:tag'],
  ['hyp:lemma:walk', 'hyp:lemma'],
  ['overlap-75%', 'overlap'],
  ['overlap-0%', 'overlap'],
  ['hyp:tag:XYZ', 'hyp:tag'],
  ['oth:overlap:overlap25', 'overlap'],
];
const concepts: readonly Concept[] = list.map(([name, category], index) => ({
  id: index as ConceptId,
  number: index,
  name,
  category,
}));
const c = (name: string): Formula => ({
  kind: 'concept',
  concept: list.findIndex(([word]) => word === name) as ConceptId,
});
const near = (name: string): Formula => {
  const leaf = c(name);
  return leaf.kind === 'concept' ? { kind: 'neighbors', of: leaf.concept } : leaf;
};
const or = (left: Formula, right: Formula): Formula => ({ kind: 'or', left, right });
const and = (left: Formula, right: Formula): Formula => ({ kind: 'and', left, right });
const not = (of: Formula): Formula => ({ kind: 'not', of });

describe('placeText', () => {
  it.each<[string, Formula, string]>([
    ['a thing', c('water'), 'where there is water'],
    ['things', or(c('water'), c('river')), 'where there is water or a river'],
    [
      'things but for a color',
      and(or(c('water'), c('river')), not(c('blue-c'))),
      'where there is water or a river that is not blue',
    ],
    ['things of a color', and(c('bus'), c('red-c')), 'where there is a bus that is red'],
    [
      'two exclusions',
      and(and(c('bus'), not(c('red-c'))), not(c('blue-c'))),
      'where there is a bus that is not red and not blue',
    ],
    ['a scene', c('street-s'), 'where the scene is a street'],
    ['scenes', or(c('street-s'), c('farm-s')), 'where the scene is a street or a farm'],
    ['a thing outside scenes', and(c('orange'), not(c('street-s'))), 'where there is an orange outside street scenes'],
    ['a thing in scenes', and(c('leaves'), c('farm-s')), 'where there is leaves in a farm scene'],
    [
      'what would need brackets',
      and(or(and(c('bus'), c('red-c')), c('river')), not(c('street-s'))),
      'where ((bus AND red) OR river) AND NOT street',
    ],
    ['mixed alternatives', or(c('water'), c('blue-c')), 'where there is water or it is blue'],
    [
      'mixed and excluded',
      and(or(c('water'), c('blue-c')), not(c('leaves'))),
      'where there is water or it is blue, and it is not leaves',
    ],
    [
      'an alternative after narrowing',
      or(and(c('bus'), c('red-c')), c('river')),
      'where there is a bus that is red, or there is a river',
    ],
    ['words of a premise', c('pre:run'), 'where the premise has “run”'],
    ['neighbours', near('pre:run'), 'where the premise has “run” or a word near it'],
    [
      'both sides',
      and(c('pre:run'), not(c('hyp:tag:NN'))),
      'where the premise has “run”, and the hypothesis does not have a singular noun (NN)',
    ],
    [
      'words and tags of one side',
      or(or(c('hyp:nobody'), c('hyp:sleeping')), c('hyp:tag:NNS')),
      'where the hypothesis has “nobody” or “sleeping” or a plural noun (NNS)',
    ],
    [
      'words of either side',
      or(c('hyp:nobody'), c('pre:run')),
      'where the hypothesis has “nobody” or the premise has “run”',
    ],
    [
      'two words of one side',
      and(c('hyp:nobody'), c('hyp:sleeping')),
      'where the hypothesis has “nobody”, and also “sleeping”',
    ],
    [
      'a word but for others',
      and(and(or(c('hyp:nobody'), c('hyp:sleeping')), not(c('hyp:tag:NN'))), not(near('hyp:nobody'))),
      'where the hypothesis has “nobody” or “sleeping”, but not a singular noun (NN), but neither “nobody” nor a word near it',
    ],
    ['a lemma', c('hyp:lemma:walk'), 'where the hypothesis has a form of “walk”'],
    ['the reference’s overlap', not(c('oth:overlap:overlap25')), 'where NOT oth:overlap:overlap25'],
    [
      'the reference’s overlap beside words',
      and(c('oth:overlap:overlap25'), not(c('hyp:nobody'))),
      'where the overlap, as the reference counts it, is above 25 %, and the hypothesis does not have “nobody”',
    ],
    ['overlap', c('overlap-75%'), 'where more than 75 % of the words are shared'],
    [
      'words without overlap',
      and(c('hyp:nobody'), not(c('overlap-75%'))),
      'where the hypothesis has “nobody”, and at most 75 % of the words are shared',
    ],
    ['any overlap', or(c('hyp:nobody'), c('overlap-0%')), 'where the hypothesis has “nobody” or a word is shared'],
    ['a tag that is none of the known', c('hyp:tag:XYZ'), 'where the hypothesis has the tag XYZ'],
    ['a formula grown to the right', and(c('water'), or(c('river'), c('bus'))), 'where water AND (river OR bus)'],
  ])('says %s', (_, formula, text) => {
    expect(placeText(formula, concepts)).toBe(text);
  });
});

describe('unitSentence', () => {
  const base = { unit: 39 as UnitId, threshold: 1, area: 3, firing: 1, byLength: [], beam: [], top: [] };

  it('leads with the formula and ends with the IoU', () => {
    const best = { formula: c('water'), size: 1, intersection: 1, iou: 0.16, score: 0.16 };
    const explanation: UnitExplanation = { ...base, state: 'explained', best };
    expect(unitSentence(explanation, concepts)).toBe('Unit 39 fires where there is water. IoU 0.160.');
  });

  it('gives the reason where there is no formula', () => {
    const explanation: UnitExplanation = { ...base, state: 'too-few', best: null };
    expect(unitSentence(explanation, concepts)).toBe(
      'Unit 39 has no formula: its mask has only 3 positions, fewer than asked for.',
    );
  });
});
