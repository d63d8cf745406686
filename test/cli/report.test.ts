import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { readMergeArguments } from '../../src/cli/merge-arguments.ts';
import { planModel } from '../../src/cli/model-plan.ts';
import { reportWords } from '../../src/cli/report-words.ts';
import { givenFile } from '../../src/cli/sources.ts';
import { accuracyCsv, classesCsv, lengthsCsv, uniquenessCsv } from '../../src/engine/analysis/analysis-csv.ts';
import { analysisJson } from '../../src/engine/analysis/analysis-json.ts';
import { analysisOf, type Analysis } from '../../src/engine/analysis/analysis.ts';
import { sameLabel } from '../../src/engine/results/class-accuracy.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import { pictureClasses } from '../../src/onnx/class-names.ts';
import { layers } from '../../src/onnx/layers.ts';
import { modelInput } from '../../src/onnx/model-input.ts';
import { readModel } from '../../src/onnx/read-model.ts';
import { expectFault } from '../bad-files/bad-file.ts';
import { goldenFolder } from '../engine/support/golden-pictures.ts';
import { concepts, hostile, results as small } from '../engine/support/small-report.ts';
import { plainNetwork } from '../onnx/support/networks.ts';
import { twoSentenceModel } from '../onnx/support/pair-models.ts';
import { runExplain as explain } from './support/run-explain.ts';

const folder = mkdtempSync(join(tmpdir(), 'formulens-report-'));
const path = (name: string): string => join(folder, name);
const tables = ['lengths.csv', 'kinds.csv', 'uniqueness.csv', 'accuracy.csv', 'classes.csv', 'measures.csv'];

afterAll(() => rmSync(folder, { recursive: true }));

type Written = Analysis & {
  readonly schema: string;
  readonly unitCount: number;
  readonly units: readonly { readonly unit: number; readonly formula: string | null; readonly iou: number | null }[];
};
type Explanations = Required<LayerResults>;
const readJson = <Read>(name: string): Read => JSON.parse(readFileSync(path(name), 'utf8')) as Read;
const readTable = (name: string) => csvParse(readFileSync(path(name), 'utf8'));

describe('--report with sentence pairs', () => {
  const gold: (string | null)[] = [];
  let stderr = '';

  beforeAll(() => {
    const subjects = ['man', 'woman', 'dog'];
    const verbs = ['sleeps', 'runs', 'eats'];
    const rows = Array.from({ length: 90 }, (_, i) => {
      const [one, other] = [subjects[i % 3], subjects[(i >> 1) % 3]];
      const [does, did] = [verbs[(i >> 2) % 3], verbs[(i >> 3) % 3]];
      const label = one !== other || does !== did ? 'contradiction' : 'entailment';
      gold.push(i === 5 ? null : label);
      return `a ${one} ${does}${i % 5 < 2 ? ' outside' : ''}\ta ${other} ${did}\t${gold[i] ?? '-'}`;
    });
    writeFileSync(path('pairs.tsv'), `premise\thypothesis\tgold_label\n${rows.join('\n')}\n`);
    const words = ['UNK', 'PAD', 'a', 'man', 'woman', 'dog', 'sleeps', 'runs', 'eats', 'outside'];
    writeFileSync(path('vocab.txt'), `${words.join('\n')}\n`);
    writeFileSync(path('pairs.onnx'), twoSentenceModel({ rows: words.length }));
    const run = explain(
      ...['--probing', path('pairs.tsv'), '--model', path('pairs.onnx'), '--tokenizer', path('vocab.txt')],
      ...[
        '--length',
        '3',
        '--quantile',
        '0.3',
        '--quiet',
        '--out',
        path('pairs-out'),
        '--report',
        path('pairs-report'),
      ],
    );
    stderr = run.stderr;
    expect(run.status).toBe(0);
  });

  it('writes analysis.json, its tables and a page, and says what they tell', () => {
    expect(readdirSync(path('pairs-report')).toSorted()).toEqual(
      ['analysis.html', 'analysis.json', ...tables].toSorted(),
    );
    for (const name of tables) expect(stderr).toContain(`Wrote ${path(`pairs-report/${name}`)}\n`);
    expect(stderr).toMatch(/^IoU: on average 0\.\d{3} with one concept, 0\.\d{3} with up to 3 \(\+[\d.]+ %\), over /m);
    expect(stderr).toMatch(
      /^Formulas: \d+ different ones; \d+ of \d+ units \([\d.]+ %\) have one that no other has\./m,
    );
    expect(stderr).toMatch(/^Accuracy: right on \d+ of 89 samples \([\d.]+ %\)\./m);
    expect(stderr).toMatch(/^Classes, by the largest weight: entailment pushed by unit \d+ \(\+[\d.]+\), held back /m);
  });

  it('has the IoUs of every length', () => {
    const { lengths } = readJson<Written>('pairs-report/analysis.json');
    const { units } = readJson<Explanations>('pairs-out/explanations.json');
    const explained = units.filter(({ state }) => state === 'explained');
    expect(lengths.units).toEqual(explained.map(({ unit }) => unit));
    for (const length of [1, 2, 3]) {
      const ious = explained.map(({ byLength }) => byLength[Math.min(length, byLength.length) - 1].iou);
      expect(lengths.lengths[length - 1]).toMatchObject({ length, ious });
      const row = readTable('pairs-report/lengths.csv')[length - 1];
      expect(Number(row['mean'])).toBeCloseTo(ious.reduce((sum, iou) => sum + iou, 0) / ious.length, 12);
      expect(explained.map(({ unit }) => Number(row[`unit_${unit}`]))).toEqual(ious);
    }
  });

  it('counts accuracy as result.csv does', () => {
    const { accuracy } = readJson<Written>('pairs-report/analysis.json');
    const { classes } = readJson<Explanations>('pairs-out/explanations.json');
    const right = gold.filter((label, sample) => classes.names[classes.predicted[sample]] === label).length;
    expect(accuracy).toMatchObject({ overall: { compared: 89, right }, withoutGold: 1, least: 20 });
    const table = readTable('pairs-report/accuracy.csv');
    const reference = readTable('pairs-out/result.csv');
    expect(table.map(({ unit, firing }) => [unit, firing])).toEqual(
      reference.map(({ neuron, active }) => [neuron, active]),
    );
    const counted = table.filter(({ left_out: why }) => why === '');
    expect(counted.length).toBe(accuracy?.points.length);
    expect(counted.length).toBeGreaterThan(2);
    for (const { unit, accuracy: share } of counted) expect(share).toBe(reference[Number(unit)]['accuracy']);
    for (const { left_out: why, accuracy: share } of table) if (why !== '') expect(share).toBe('');
  });

  it('names the units with the largest weights of each class', () => {
    const { classes } = readJson<Explanations>('pairs-out/explanations.json');
    const rows = readTable('pairs-report/classes.csv');
    for (const [place, name] of classes.names.entries()) {
      const weights = (classes.weights ?? []).map((row, unit) => ({ unit, weight: row[place] }));
      const rising = weights.toSorted((a, b) => a.weight - b.weight);
      const of = (way: string) => rows.filter((row) => row['class'] === name && row['way'] === way);
      const wanted = (list: typeof weights) => list.map(({ unit }) => String(unit)).slice(0, 10);
      expect(of('push').map(({ unit }) => unit)).toEqual(
        wanted(rising.toReversed().filter(({ weight }) => weight > 0)),
      );
      expect(of('hold').map(({ unit }) => unit)).toEqual(wanted(rising.filter(({ weight }) => weight < 0)));
    }
  });
});

describe('--report with pictures', () => {
  const names = ['kitchen', '/l/living_room', 'BEDROOM', 'street', 'mountain-snowy'];

  it('asks the model for its classes, and takes the scene of a picture as its gold label', () => {
    writeFileSync(path('plain.onnx'), plainNetwork('NCHW', { metadata: { classes: JSON.stringify(names) } }));
    const { status, stderr } = explain(
      ...['--probing', goldenFolder('tiny'), '--model', path('plain.onnx'), '--quantile', '0.05', '--length', '2'],
      ...['--quiet', '--out', path('pictures-out'), '--report', path('pictures-report')],
    );
    expect(stderr).toContain(`Wrote ${path('pictures-report/analysis.json')}`);
    expect(status).toBe(0);
    const { accuracy, classes, units } = readJson<Written>('pictures-report/analysis.json');
    const explanations = readJson<Explanations>('pictures-out/explanations.json');
    expect(explanations.classes.names).toEqual(names);
    expect(explanations.classes.predicted).toHaveLength(explanations.probing.sampleCount);
    // Scenes of test/golden/tiny/index.csv, those of dropped rows left out: 22 of 24 pictures may have one.
    const scenes = goldScenes();
    expect(scenes).toHaveLength(explanations.probing.sampleCount);
    const plain = ['kitchen', 'living room', 'bedroom', 'street', 'mountain snowy'];
    const right = scenes.filter((scene, sample) => plain[explanations.classes.predicted[sample]] === scene).length;
    const labelled = scenes.flatMap((scene) => scene ?? []);
    const compared = labelled.filter((scene) => plain.includes(scene)).length;
    expect(compared).toBeLessThan(labelled.length);
    expect(accuracy).toMatchObject({ overall: { compared, right }, withoutClass: labelled.length - compared });
    expect(stderr).toContain(`${labelled.length - compared} more have a gold label that stands for no class and are`);
    expect(explanations.classes.output).toBe('logits');
    expect(accuracy?.points.length === 0 && accuracy.leftOut.length === units.length).toBe(true);
    expect(readTable('pictures-report/accuracy.csv').map(({ firing }) => Number(firing))).toEqual(
      explanations.units.map(({ firing }) => firing),
    );
    expect(classes?.names).toEqual(names);
    const { weights } = explanations.classes;
    const [first] = classes?.classes[1].push ?? [];
    expect(classes?.by).toBe('weight');
    expect(first.value).toBe(Math.max(...(weights ?? []).map((row) => row[1])));
  });

  it('takes gold labels and names of classes out of files', () => {
    const explanations = readJson<Explanations>('pictures-out/explanations.json');
    const { predicted } = explanations.classes;
    // Every prediction is made right by its label, but for the first picture's.
    const labels = predicted.map((place, sample) => (sample === 0 ? 'none of them' : `name ${'abcde'[place]}`));
    writeFileSync(path('labels.txt'), labels.join('\n'));
    writeFileSync(path('names.json'), JSON.stringify([...'abcde'].map((letter) => `name ${letter}`)));
    const run = (...more: readonly string[]) =>
      explain(
        ...['--probing', goldenFolder('tiny'), '--model', path('plain.onnx'), '--quantile', '0.05', '--length', '1'],
        ...['--quiet', '--report', path('labels-report'), ...more],
      );
    expect(run('--labels', path('labels.txt'), '--class-names', path('names.json')).status).toBe(0);
    const { accuracy } = readJson<Written>('labels-report/analysis.json');
    const compared = predicted.length - 1;
    expect(accuracy).toMatchObject({ overall: { compared, right: compared }, withoutClass: 1, withoutGold: 0 });
    const wrong = run('--labels', path('names.json'));
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain('labels/count: names.json has 1 line, and none begins with the name of a sample');
  });

  it('has files of them only where they have a place', async () => {
    const usage = (words: string, problem: string): Promise<void> =>
      expectFault(() => readArguments(words.split(' ')), 'cli/usage', `${problem} See npm run -s explain -- --help.`);
    const cells = '--cells a.parquet';
    await usage(`${cells} --labels l.csv`, '--cells are counted already, so --labels has no place beside them.');
    await usage('--sample scenes --classes a,b --class-names n.txt', 'Give --classes or --class-names, not both.');
    await usage('--sample scenes --shard 0/2 --out d --labels l.csv', '--labels has no place beside --shard.');
    expect(readArguments('--sample scenes --labels l.csv --class-names n.txt'.split(' '))).toMatchObject({
      ...{ labels: 'l.csv', classNames: 'n.txt' },
    });
  });

  it('asks for them only where they are wanted', async () => {
    const given = await givenFile(path('plain.onnx'));
    expect((await planModel(given, {})).classes).toBeNull();
    expect((await planModel(given, { predictions: true })).classes).toMatchObject({
      output: { tensor: 'logits', layout: 'flat' },
      names,
    });
    const renamed = ['a', 'b', 'c', 'd', 'e'];
    expect((await planModel(given, { predictions: true, classes: renamed })).classes?.names).toEqual(renamed);
    const sentence = '--classes has 2 names, but the model 5 classes. See npm run -s explain -- --help.';
    await expectFault(() => planModel(given, { predictions: true, classes: ['a', 'b'] }), 'cli/usage', sentence);
  });

  it('numbers classes that the file does not name, or not all of', () => {
    const classesOf = async (metadata: Record<string, string>) => {
      const summary = await readModel(new Blob([plainNetwork('NCHW', { metadata })]), 'plain.onnx');
      return pictureClasses(summary, layers(summary, modelInput(summary)))?.names;
    };
    const numbered = ['class 0', 'class 1', 'class 2', 'class 3', 'class 4'];
    const labels = { 4: 'e', 0: 'a', 1: 'b', 2: 'c', 3: 'd' };
    return Promise.all([
      expect(classesOf({})).resolves.toEqual(numbered),
      expect(classesOf({ classes: '["a", "b"]' })).resolves.toEqual(numbered),
      expect(classesOf({ id2label: JSON.stringify(labels) })).resolves.toEqual(['a', 'b', 'c', 'd', 'e']),
    ]);
  });

  it.each([
    ['/t/taxi_rank', 'taxi rank'],
    ['Living-Room', 'living room'],
    ['/a/apartment_building/outdoor', 'apartment building outdoor'],
    ['ENTAIL', 'entailment'],
  ])('%s is %s', (name, label) => {
    expect(sameLabel(name, label)).toBe(true);
    expect(sameLabel(name, 'kitchen')).toBe(false);
  });
});

/** The scene of each picture of the tiny golden set, by its own files. */
function goldScenes(): (string | null)[] {
  const labels = csvParse(readFileSync(join(goldenFolder('tiny'), 'label.csv'), 'utf8'));
  const rows = csvParse(readFileSync(join(goldenFolder('tiny'), 'index.csv'), 'utf8'));
  return rows
    .filter(({ image }) => !image.startsWith('syn/drop'))
    .map(({ scene }) => {
      const found = labels.find(({ number }) => number === scene)?.['name'];
      return found === undefined ? null : found.replace(/-s$/, '').replaceAll('_', ' ');
    });
}

describe('what is written', () => {
  const analysis = analysisOf(small, null);

  it('is empty where accuracy and classes are not known, but for the header', () => {
    expect(analysis).toMatchObject({ accuracy: null, classes: null });
    expect(accuracyCsv(null, small)).toBe('unit,firing,compared,right,accuracy,low,high,iou,left_out,formula\n');
    expect(classesCsv(null, small)).toBe('class,by,way,rank,unit,value,iou,formula\n');
    const [, , accuracy, classes] = reportWords(analysis);
    expect(accuracy).toMatch(/^Accuracy: not known, /);
    expect(classes).toMatch(/^Classes: not known, /);
  });

  it('has a row a length', () => {
    const rows = csvParse(lengthsCsv(analysis.lengths));
    expect(rows.map((row) => [row['length'], row['units'], row['unit_0'], row['unit_3']])).toEqual([
      ['1', '3', '0.1', '0.05'],
      ['2', '3', '0.15', '0.07'],
      ['3', '3', '0.1601', '0.07'],
    ]);
    expect(rows.map((row) => Number(row['median']))).toEqual([0.1, 0.15, 0.1601]);
    const used = csvParse(uniquenessCsv(analysis.uniqueness));
    expect(used.map((row) => [row['length'], row['unique'], row['operator:or'], row['category:part']])).toEqual([
      ['1', '3', '0', '1'],
      ['2', '3', '1', '1'],
      ['3', '3', '1', '1'],
    ]);
  });

  it('is JSON with the formula of each unit, whatever names hold', () => {
    const json = JSON.parse(analysisJson(small, analysis)) as Written;
    expect(json).toMatchObject({ schema: 'formulens/analysis/1', unitCount: 128, accuracy: null, classes: null });
    expect(json.units.map(({ unit, formula, iou }) => [unit, formula, iou])).toEqual([
      [0, '(water OR street-s) AND NOT blue-c', 0.1601],
      [1, null, null],
      [2, concepts[4].name, 0.25],
      [3, 'wheel AND blue-c', 0.07],
    ]);
    expect(concepts[4].name).toContain(hostile);
    expect(json.lengths).toEqual(analysis.lengths);
  });

  it('tells which formulas are shared, as text', () => {
    const [one] = small.units;
    const twice = { ...small, units: [one, { ...one, unit: 1 as typeof one.unit }] };
    const json = JSON.parse(analysisJson(twice, analysisOf(twice, null))) as {
      uniqueness: { lengths: { shared: unknown }[] };
    };
    expect(json.uniqueness.lengths.map(({ shared }) => shared)).toEqual([
      [{ formula: 'water', units: [0, 1] }],
      [{ formula: 'water OR street-s', units: [0, 1] }],
      [{ formula: '(water OR street-s) AND NOT blue-c', units: [0, 1] }],
    ]);
    expect(reportWords(analysisOf(twice, null))[1]).toBe(
      'Formulas: 1 different ones; 0 of 2 units (0.0 %) have one that no other has. Most repeated: water (2 units), street-s (2 units), blue-c (2 units).',
    );
  });
});

it('is for whole layers: a shard has none', async () => {
  const words = ['--probing', 'p', '--activations', 'a.npy', '--shard', '0/2', '--out', 'o', '--report', 'r'];
  const sentence = 'A shard is only read: give --report to merge. See npm run -s explain -- --help.';
  await expectFault(() => readArguments(words), 'cli/usage', sentence);
  expect(readMergeArguments(['shards', '--report', 'r']).report).toBe('r');
});
