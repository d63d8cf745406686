import { jointModel, twoSentenceModel } from '../../onnx/support/pair-models.ts';
import { wordPieceFile } from '../../onnx/support/tokenizer-files.ts';

/** A file as Playwright picks it. */
export interface PickedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const subjects = ['man', 'woman', 'dog', 'girl'];
const verbs = ['sleeps', 'runs', 'eats'];
const places = ['outside', 'inside', 'near a tree'];
const words = ['UNK', 'PAD', 'a', ...subjects, ...verbs, 'outside', 'inside', 'near', 'tree', '.', 'nobody'];
const rows = 240;

const picked = (name: string, content: string | Uint8Array): PickedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});

/** Sentence pairs, some without a gold label, as tab-separated text. */
export function pairsTable(): PickedFile {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [subject, verb, place] = [subjects[i % 4], verbs[(i >> 2) % 3], places[(i >> 3) % 3]];
    const [other, does] = [subjects[(i >> 1) % 4], verbs[(i >> 4) % 3]];
    const hypothesis = i % 7 === 0 ? `nobody ${does} .` : `a ${other} ${does} .`;
    const gold = i % 7 === 0 ? 'contradiction' : subject === other && verb === does ? 'entailment' : 'neutral';
    return `a ${subject} ${verb} ${place} .\t${hypothesis}\t${i === 3 ? '-' : gold}`;
  });
  return picked('pairs.tsv', `premise\thypothesis\tgold_label\n${lines.join('\n')}\n`);
}

/** A model of two sentences with its vocabulary inside. */
export function ownWordsModel(): PickedFile {
  return picked('two-sentences.onnx', twoSentenceModel({ words }));
}

/** A model of one joint row, and the tokenizer it takes. */
export function jointFiles(): {
  readonly model: PickedFile;
  readonly tokenizer: PickedFile;
  readonly larger: PickedFile;
} {
  const tokenizer = wordPieceFile(words);
  const larger = wordPieceFile([...words, ...Array.from({ length: 60 }, (_, i) => `word${i}`)]);
  return {
    model: picked('joint.onnx', jointModel({ rows: words.length + 4 })),
    tokenizer: picked('tokenizer.json', JSON.stringify(tokenizer)),
    larger: picked('tokenizer.json', JSON.stringify(larger)),
  };
}
