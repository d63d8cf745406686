import { describe, expect, it } from 'vitest';
import { InputChoice } from '../../src/state/input-choice.svelte.ts';
import { roleChoices, tensorText } from '../../src/state/pair-roles.ts';
import { fakeFeed, fakeModel } from '../ui/fake-data.ts';
import { fakePairInput, fakePairModel, fakeTokenizer } from '../ui/fake-pairs.ts';

function choiceFor(model: typeof fakeModel): InputChoice {
  const choice = new InputChoice();
  choice.suggest(model);
  return choice;
}

describe('the input of a model of pictures', () => {
  it('is as the model suggests, with the usual size where it fixes none', () => {
    const free = { ...fakeModel, input: { ...fakeModel.input, height: null, width: null } } as typeof fakeModel;
    const choice = choiceFor(free);
    expect(choice.pictures).toMatchObject({ height: 224, width: 224 });
    choice.resize({ height: 96 });
    choice.choosePreset('caffe');
    choice.edit({ order: 'RGB' });
    expect(choice.feed).toMatchObject({ height: 96, width: 224, preprocessing: { preset: 'custom', order: 'RGB' } });
    expect([choice.encoding, choice.pairInput]).toEqual([null, null]);
  });

  it('takes a feed that was chosen before, but not a size that the model fixes, nor sentence pairs', () => {
    const choice = choiceFor(fakeModel);
    choice.take({ ...fakeFeed, height: 64, width: 64 } as typeof fakeFeed);
    expect(choice.pictures?.height).toBe(112);
    const before = choice.feed;
    if (fakePairModel.input.kind === 'pairs') choice.take({ kind: 'pairs', encoding: fakePairModel.input.encoding });
    choice.encode({ maxTokens: 3 });
    expect(choice.feed).toBe(before);
  });
});

describe('the input of a model of sentence pairs', () => {
  it('has the roles found, and those a person gives', () => {
    const choice = choiceFor(fakePairModel);
    expect(choice.encoding?.roles).toMatchObject({ premise: 'premise-ids', hypothesis_lengths: 'hypothesis-lengths' });
    choice.chooseRole('premise', 'hypothesis-ids');
    choice.chooseRole('hypothesis', 'premise-ids');
    choice.chooseRole('premise_lengths', null);
    expect(choice.encoding?.roles).toEqual({
      hypothesis_lengths: 'hypothesis-lengths',
      premise: 'hypothesis-ids',
      hypothesis: 'premise-ids',
    });
    choice.resize({ height: 3 });
    expect(choice.pictures).toBeNull();
  });

  it('keeps of a tokenizer what results keep', () => {
    const choice = choiceFor(fakePairModel);
    choice.useTokenizer(fakeTokenizer);
    expect(choice.encoding?.tokenizer).toEqual({ kind: 'vocabulary', name: 'vocab.json', hash: fakeTokenizer.hash });
  });

  it('has classes whose names can be changed and moved, not beyond the ends', () => {
    const choice = choiceFor(fakePairModel);
    choice.moveClass(2, -1);
    choice.moveClass(0, -1);
    choice.moveClass(2, 1);
    expect(choice.encoding?.classes).toEqual(['entailment', 'contradiction', 'neutral']);
    choice.nameClass(1, 'contra');
    expect(choice.encoding?.classes).toEqual(['entailment', 'contra', 'neutral']);
  });

  it('is told in words: every role once, type and shape of each input', () => {
    expect(new Set(roleChoices.map(({ text }) => text)).size).toBe(11);
    expect(roleChoices[0]).toEqual({ role: 'premise-ids', text: 'ids of the premise' });
    expect(fakePairInput.tensors.map(tensorText).slice(0, 2)).toEqual(['int64, batch × ?', 'int64, batch']);
    expect(tensorText({ ...fakePairInput.tensors[0], dims: null })).toBe('int64, shape unknown');
  });
});
