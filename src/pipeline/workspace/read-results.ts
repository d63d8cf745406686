import type { Concept } from '../../engine/concepts.ts';
import type { Formula } from '../../engine/formula/formula.ts';
import type { ConceptId, UnitId } from '../../engine/ids.ts';
import type {
  ExplainSettings,
  ScoredFormula,
  SearchOperator,
  ThresholdRule,
  UnitExplanation,
  UnitState,
} from '../../engine/results/explanation.ts';
import { explanationsSchema, olderSchema } from '../../engine/results/explanations-json.ts';
import type {
  ActivationProvenance,
  FeedProvenance,
  LayerClasses,
  LayerResults,
  ProbingProvenance,
} from '../../engine/results/layer-results.ts';
import { INPUT_ROLES, type PairEncoding } from '../../engine/text/pair-encoding.ts';
import { Checked, type Refuse } from './checked.ts';

const states: readonly UnitState[] = ['explained', 'unrelated', 'constant', 'silent', 'too-few', 'not-finite'];
const operators: readonly SearchOperator[] = ['or', 'and', 'and-not', 'neighbors'];

const MOST_CLASSES = 65_536;

/** Concepts above one another in a formula's tree; deeper ones are refused before the stack overflows. */
const DEEPEST = 1000;

/**
 * Reads explanations.json (docs/formats.md) back. Every value is checked; fields that are not documented are passed over.
 *
 * @param json what `JSON.parse` gave
 * @returns the results but for their key
 * @throws what `refuse` makes
 */
export function readResults(json: unknown, refuse: Refuse): Omit<LayerResults, 'key'> {
  const file = new Checked(json, refuse);
  const schema = file.at('schema');
  const isOlder = schema.raw === olderSchema;
  if (!isOlder && schema.raw !== explanationsSchema) throw schema.fail(`it is not ${explanationsSchema}`);
  const probing = probingOf(file.at('probing'));
  const categories = file
    .at('categories')
    .list(65_536)
    .map((category) => category.text());
  const concepts = file.at('concepts').list(65_536).map(conceptOf);
  const unitCount = file.at('unitCount').whole(1, 2 ** 31);
  const [first, last] = pair(file.at('unitRange'), unitCount);
  const units = file
    .at('units')
    .list(unitCount)
    .map((unit) => unitOf(unit, concepts.length, probing.sampleCount));
  for (const [i, { unit }] of units.entries()) {
    const inOrder = unit >= first && unit <= last && (i === 0 || unit > units[i - 1].unit);
    if (!inOrder) throw file.at('units').fail(`unit ${unit} is out of order or outside of ${first} to ${last}`);
  }
  const classes = file.at('classes');
  return {
    madeAt: instant(file.at('madeAt')),
    samplesRead: file.at('samplesRead').whole(0, probing.sampleCount),
    tookMs: file.at('tookMs').number(0),
    probing,
    activations: activationsOf(file.at('activations'), isOlder),
    settings: settingsOf(file.at('settings')),
    unitRange: [first, last],
    unitCount,
    categories,
    concepts,
    units,
    ...(classes.raw === undefined ? {} : { classes: classesOf(classes, unitCount, probing.sampleCount) }),
  };
}

/** An ISO 8601 time, as text. */
export function instant(value: Checked): string {
  const text = value.text();
  if (Number.isNaN(Date.parse(text))) throw value.fail('it is no time');
  return text;
}

function hash(value: Checked): string {
  const text = value.text();
  if (!/^[0-9a-f]{64}$/.test(text)) throw value.fail('it is no SHA-256 of 64 hex digits');
  return text;
}

function pair(value: Checked, unitCount: number): readonly [number, number] {
  const members = value.list(2);
  if (members.length !== 2) throw value.fail('it is no pair');
  const first = members[0].whole(0, unitCount - 1);
  return [first, members[1].whole(first, unitCount - 1)];
}

function conceptOf(value: Checked, id: number): Concept {
  if (value.at('id').raw !== id) throw value.at('id').fail(`it is not ${id}`);
  return {
    id: id as ConceptId,
    number: value.at('number').whole(),
    name: value.at('name').text(),
    category: value.at('category').text(),
  };
}

function probingOf(value: Checked): ProbingProvenance {
  const grid = value.at('grid');
  return {
    format: value.at('format').text(),
    title: value.at('title').text(),
    contentHash: value.at('contentHash').text(),
    sampleCount: value.at('sampleCount').whole(1, 2 ** 31),
    grid: { height: grid.at('height').whole(1, 65_536), width: grid.at('width').whole(1, 65_536) },
    notes: value
      .at('notes')
      .list()
      .map((note) => note.text()),
    synthetic: value.at('synthetic').flag(),
  };
}

function activationsOf(value: Checked, isOlder: boolean): ActivationProvenance {
  const kind = value.at('kind').oneOf(['model', 'file']);
  const name = value.at('name').text();
  if (kind === 'file') return { kind, name, hash: hash(value.at('hash')) };
  return {
    kind,
    name,
    hash: hash(value.at('hash')),
    layer: value.at('layer').text(),
    operator: value.at('operator').text(),
    feed: isOlder ? picturesOf(value, 'inputHeight', 'inputWidth') : feedOf(value.at('feed')),
    provider: value.at('provider').text(),
    providerNote: value.at('providerNote').text(),
    runtimeVersion: value.at('runtimeVersion').text(),
  };
}

function feedOf(value: Checked): FeedProvenance {
  const kind = value.at('kind').oneOf(['pictures', 'pairs']);
  if (kind === 'pairs') return { kind, encoding: encodingOf(value.at('encoding')) };
  return picturesOf(value, 'height', 'width');
}

function picturesOf(value: Checked, height: string, width: string): FeedProvenance {
  return {
    kind: 'pictures',
    preprocessing: preprocessingOf(value.at('preprocessing')),
    height: value.at(height).whole(1, 65_536),
    width: value.at(width).whole(1, 65_536),
  };
}

function encodingOf(value: Checked): PairEncoding {
  return {
    roles: Object.fromEntries(
      value
        .at('roles')
        .entries(64)
        .map(([name, role]) => [name, role.oneOf(INPUT_ROLES)]),
    ),
    order: value.at('order').oneOf(['batch-first', 'tokens-first']),
    tokenizer: value.at('tokenizer').orNull((tokenizer) => ({
      kind: tokenizer.at('kind').oneOf(['vocabulary', 'tokenizer']),
      name: tokenizer.at('name').text(),
      hash: hash(tokenizer.at('hash')),
    })),
    maxTokens: value.at('maxTokens').whole(1, 2 ** 24),
    classes: textsOf(value.at('classes'), MOST_CLASSES),
  };
}

function classesOf(value: Checked, unitCount: number, sampleCount: number): LayerClasses {
  const output = value.at('output');
  const names = textsOf(value.at('names'), MOST_CLASSES);
  const predicted = value
    .at('predicted')
    .list(sampleCount)
    .map((found) => found.whole(-1, names.length - 1));
  if (predicted.length !== sampleCount) throw value.at('predicted').fail(`it has not ${sampleCount} members`);
  const weights = value.at('weights').orNull((rows) => {
    const read = rows.list(unitCount).map((row) => row.list(names.length).map((weight) => weight.number()));
    if (read.length !== unitCount || read.some((row) => row.length !== names.length))
      throw rows.fail(`it has not ${names.length} weights for each of ${unitCount} units`);
    return read;
  });
  // Files from before it was noted do not have it.
  return { ...(output.raw === undefined ? {} : { output: output.text() }), names, weights, predicted };
}

const textsOf = (value: Checked, most: number): readonly string[] => value.list(most).map((member) => member.text());

function preprocessingOf(value: Checked): unknown {
  const three = (values: Checked): readonly number[] => {
    const numbers = values.list(3).map((number) => number.number());
    if (numbers.length !== 3) throw values.fail('it has not three numbers');
    return numbers;
  };
  return {
    preset: value.at('preset').text(),
    order: value.at('order').oneOf(['RGB', 'BGR']),
    scale: value.at('scale').number(),
    mean: three(value.at('mean')),
    std: three(value.at('std')),
  };
}

function settingsOf(value: Checked): ExplainSettings {
  return {
    threshold: thresholdOf(value.at('threshold')),
    length: value.at('length').whole(1),
    beam: value.at('beam').whole(1),
    penalty: value.at('penalty').number(0, 1),
    candidates: value.at('candidates').orNull((candidates) => candidates.whole(1)),
    mode: value.at('mode').oneOf(['default', 'reference']),
    minActive: value.at('minActive').whole(),
    // Files from before this setting was there do not have it.
    minConcept: value.at('minConcept').raw === undefined ? 0 : value.at('minConcept').whole(),
    operators: value
      .at('operators')
      .list(operators.length)
      .map((operator) => operator.oneOf(operators)),
    without: value
      .at('without')
      .list()
      .map((category) => category.text()),
  };
}

function thresholdOf(value: Checked): ThresholdRule {
  const kind = value.at('kind').oneOf(['quantile', 'fixed', 'given']);
  if (kind === 'quantile') return { kind, quantile: value.at('quantile').number(0, 1) };
  if (kind === 'fixed') return { kind, above: value.at('above').number() };
  return {
    kind,
    thresholds: value
      .at('thresholds')
      .list()
      .map((threshold) => threshold.number()),
  };
}

function unitOf(value: Checked, concepts: number, samples: number): UnitExplanation {
  const scored = (found: Checked): ScoredFormula => scoredOf(found, concepts);
  return {
    unit: value.at('unit').whole() as UnitId,
    state: value.at('state').oneOf(states),
    threshold: value.at('threshold').orNull((threshold) => threshold.number()),
    area: value.at('area').whole(),
    firing: value.at('firing').whole(0, samples),
    best: value.at('best').orNull(scored),
    byLength: value.at('byLength').list().map(scored),
    beam: value.at('beam').list().map(scored),
    top: value
      .at('top')
      .list()
      .map((top) => ({
        sample: top.at('sample').whole(0, samples - 1),
        peak: top.at('peak').number(),
        ...(top.at('word').raw === undefined ? {} : { word: top.at('word').whole(-1) }),
      })),
  };
}

function scoredOf(value: Checked, concepts: number): ScoredFormula {
  return {
    formula: formulaOf(value.at('formula'), concepts, 0),
    size: value.at('size').whole(),
    intersection: value.at('intersection').whole(),
    iou: value.at('iou').number(0, 1),
    score: value.at('score').number(0, 1),
  };
}

function formulaOf(value: Checked, concepts: number, depth: number): Formula {
  if (depth > DEEPEST) throw value.fail('the formula is nested too deep');
  const concept = (id: Checked): ConceptId => id.whole(0, concepts - 1) as ConceptId;
  const inner = (formula: Checked): Formula => formulaOf(formula, concepts, depth + 1);
  const kind = value.at('kind').oneOf(['concept', 'neighbors', 'not', 'and', 'or']);
  if (kind === 'concept') return { kind, concept: concept(value.at('concept')) };
  if (kind === 'neighbors') return { kind, of: concept(value.at('of')) };
  if (kind === 'not') return { kind, of: inner(value.at('of')) };
  return { kind, left: inner(value.at('left')), right: inner(value.at('right')) };
}
