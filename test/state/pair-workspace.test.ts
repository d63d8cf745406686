import { describe, expect, it } from 'vitest';
import type { OpenedModel, UnfinishedRun } from '../../src/jobs/api.ts';
import { defaultPairPageSettings } from '../../src/state/defaults.ts';
import { neededFiles } from '../../src/state/lacking.ts';
import { whichOf } from '../../src/state/which.ts';
import { Workspace } from '../../src/state/workspace.svelte.ts';
import { fakeModel, fakeProbing } from '../ui/fake-data.ts';
import { fakePairModel, fakePairProbing, fakeTokenizer } from '../ui/fake-pairs.ts';
import { FakeWorkbench } from '../ui/fake-workbench.ts';
import type { FakeOptions } from '../ui/fake-workbench.ts';

const file = (path: string, bytes = 200): { path: string; file: File } => ({
  path,
  file: new File([new Uint8Array(bytes)], path.slice(path.lastIndexOf('/') + 1)),
});

const settings = defaultPairPageSettings(10_000);
/** The model with a vocabulary in its file. */
const own = { ...fakeTokenizer, name: 'the model’s own', hash: '0e'.repeat(32) };
const withOwn = {
  ...fakePairModel,
  input: {
    ...fakePairModel.input,
    tokenizer: own,
    encoding: { ...('encoding' in fakePairModel.input ? fakePairModel.input.encoding : null), tokenizer: own },
  },
} as OpenedModel;

function make(options: FakeOptions = {}): { workbench: FakeWorkbench; workspace: Workspace } {
  const pairs = { model: fakePairModel, probing: fakePairProbing };
  const workbench = new FakeWorkbench({ pace: 1, unitCount: 16, kept: false, ...pairs, ...options });
  return { workbench, workspace: new Workspace(workbench) };
}

async function opened(options: FakeOptions = {}): Promise<ReturnType<typeof make>> {
  const made = make(options);
  await made.workspace.take([file('net.onnx'), file('pairs.zip')]);
  return made;
}

const tokenizerOf = ({ input }: Workspace): string => input.encoding?.tokenizer?.name ?? 'none';

describe('a model of sentence pairs', () => {
  it('runs once its tokenizer is there, with the feed that was chosen', async () => {
    const { workspace, workbench } = await opened();
    expect(workspace.missing).toEqual({ model: expect.stringContaining('tokenizer.json') });
    expect(workspace.request(settings)).toBeNull();
    expect(await workspace.openTokenizer(file('vocab.json').file)).toBe(true);
    expect(workspace.missing).toEqual({});
    workspace.input.encode({ maxTokens: 64 });
    await workspace.start(settings);
    expect(workbench.runs).toMatchObject([
      {
        activations: { layers: ['mlp/relu'], feed: { kind: 'pairs', encoding: { maxTokens: 64 } } },
        settings: { threshold: { kind: 'fixed', above: 0 }, minActive: 500 },
      },
    ]);
  });

  it('keeps the tokenizer that is open where another cannot be read', async () => {
    const { workspace } = await opened();
    await workspace.openTokenizer(file('vocab.json').file);
    expect(await workspace.openTokenizer(file('broken.json', 3).file)).toBe(false);
    expect(workspace.tokenizer.fault?.code).toBe('onnx/not-a-tokenizer');
    expect([tokenizerOf(workspace), workspace.missing]).toEqual(['vocab.json', {}]);
  });

  it('says which inputs it cannot be run with', async () => {
    const { workspace } = await opened({ model: withOwn });
    expect(workspace.missing).toEqual({});
    workspace.input.chooseRole('premise_lengths', null);
    expect(workspace.missing.model).toContain('premise_lengths');
  });

  it('takes a tokenizer dropped with it before its own, and can go back to that', async () => {
    const { workspace } = make({ model: withOwn });
    await workspace.take([file('net.onnx'), file('tokenizer.json')]);
    expect(tokenizerOf(workspace)).toBe('tokenizer.json');
    workspace.dropTokenizer();
    expect([tokenizerOf(workspace), workspace.tokenizerInUse]).toEqual([own.name, own]);
  });

  it('opened later takes the tokenizer that is open, unless it brings its own', async () => {
    const without = make();
    await without.workspace.openTokenizer(file('vocab.json').file);
    await without.workspace.take([file('net.onnx')]);
    expect(tokenizerOf(without.workspace)).toBe('vocab.json');
    const bringing = make({ model: withOwn });
    await bringing.workspace.openTokenizer(file('vocab.json').file);
    await bringing.workspace.take([file('net.onnx')]);
    expect([tokenizerOf(bringing.workspace), bringing.workspace.tokenizer.value]).toEqual([own.name, null]);
  });

  it.each([
    ['a model of pictures', { model: fakeModel }, 'takes pictures'],
    ['a set of pictures', { probing: fakeProbing }, 'takes sentence pairs'],
  ])('and sentence pairs do not go with %s', async (_, options, message) => {
    const { workspace } = await opened(options);
    expect(workspace.missing).toEqual({ model: expect.stringContaining(message) });
  });
});

describe('the address of results over sentence pairs', () => {
  it('names the tokenizer and the longest row, and leads back to the same', async () => {
    const { workspace, workbench } = await opened();
    await workspace.openTokenizer(file('vocab.json').file);
    workspace.input.encode({ maxTokens: 40 });
    const made = await workspace.start(settings);
    const which = whichOf(made?.[0] ?? expect.fail('nothing was made'));
    expect(which.asked).toBe('above-0_length-5_smallest-500_tokens-70ce70ce.40');
    expect(workspace.which).toEqual(which);

    const other = new Workspace(workbench);
    await other.find(which);
    expect(other.finding).toBe('shown');
    await other.find({ ...which, asked: which.asked.replace('.40', '.41') });
    expect(other.finding).toBe('missing');
    await other.find({ ...which, asked: which.asked.replace('70ce70ce', '00000000') });
    expect(other.finding).toBe('missing');
    await other.find({ ...which, asked: which.asked.replace(/tokens.*/, 'preset-any') });
    expect(other.finding).toBe('shown');

    await other.take([file('net.onnx'), file('pairs.zip')]);
    const states = (): string[] => neededFiles(which, other.open).map(({ kind, state }) => `${kind} ${state}`);
    expect(states()).toEqual(['model right', 'tokenizer absent', 'probing right']);
    await other.openTokenizer(file('vocab.json').file);
    expect(states()).toEqual(['model right', 'tokenizer right', 'probing right']);
    await other.start(other.prepareFor(which));
    expect(other.which).toEqual(which);
  });

  it('asks for no tokenizer where the model brings it', async () => {
    const { workspace } = await opened({ model: withOwn });
    const made = await workspace.start(settings);
    const which = whichOf(made?.[0] ?? expect.fail('nothing was made'));
    expect(neededFiles(which, workspace.open).map(({ kind }) => kind)).toEqual(['model', 'probing']);
  });

  it('is that of a broken-off run only where its tokenizer is open', async () => {
    const { workspace } = await opened();
    await workspace.openTokenizer(file('vocab.json').file);
    const request = workspace.request(settings) ?? expect.fail('nothing can run');
    const run: UnfinishedRun = {
      ...{ id: 'run', probing: fakePairProbing, source: fakePairModel, request },
      ...{ done: 10, total: 10_000, at: '2026-11-23T11:00:00Z' },
    };
    expect(workspace.hasFilesOf(run)).toBe(true);
    workspace.dropTokenizer();
    expect(workspace.hasFilesOf(run)).toBe(false);
    expect(await workspace.goOn(run)).toBeNull();
  });
});

describe('a file of word vectors', () => {
  it('dropped alone goes to the sentence pairs that are open, in place of an earlier one', async () => {
    const { workspace, workbench } = make();
    await workspace.take([file('snli/dev.jsonl'), file('snli/glove.txt')]);
    const source = workbench.sources[0];
    if (source.kind !== 'folder') return expect.fail('the pairs come from a folder');
    workspace.probing.value = {
      ...fakePairProbing,
      survey: {
        ...fakePairProbing.survey,
        pairs: { ...pairSurvey(), vectors: { name: 'glove.txt', words: 9, concepts: 4, of: 9 } },
      },
    };
    await workspace.take([file('glove.6B.50d.txt')]);
    expect(workspace.aside).toEqual([]);
    expect(workbench.sources[1]).toMatchObject({ kind: 'folder', name: source.name });
    expect(workspace.probingSource?.kind === 'folder' && workspace.probingSource.files.map(({ path }) => path)).toEqual(
      ['dev.jsonl', 'glove.6B.50d.txt'],
    );
  });

  it('is left aside where no sentence pairs are open, or these cannot take it', async () => {
    const none = make();
    await none.workspace.take([file('glove.txt')]);
    expect(none.workspace.aside).toEqual([expect.stringContaining('go with sentence pairs')]);
    const zip = await opened();
    await zip.workspace.take([file('glove.txt')]);
    expect(zip.workspace.aside).toEqual([expect.stringContaining('pairs.zip is a zip file')]);
    expect(zip.workbench.sources).toHaveLength(1);
    await zip.workspace.take([file('other.zip'), file('glove.txt')]);
    expect(zip.workspace.aside).toEqual([expect.stringContaining('other.zip is a zip file')]);
    expect(zip.workbench.sources).toHaveLength(2);
  });
});

function pairSurvey(): NonNullable<typeof fakePairProbing.survey.pairs> {
  return fakePairProbing.survey.pairs ?? expect.fail('the fake set has pairs');
}
