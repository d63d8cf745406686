import type { InputRole } from '../../engine/text/pair-encoding.ts';

/** What is needed of an input to tell its role: its name, and its dimensions where they are known. */
export interface NamedInput {
  readonly name: string;
  readonly rank: number | undefined;
}

type Kind = 'ids' | 'mask' | 'lengths' | 'types' | 'positions';
type Place = 'premise' | 'hypothesis' | 'pair';

const KINDS: readonly (readonly [Kind, RegExp])[] = [
  ['types', /token_?types?|segments?|type_?ids/],
  ['positions', /positions?|pos_?ids/],
  ['mask', /mask|padding/],
  ['lengths', /len(gth)?s?\d?$|len(gth)?s?_|num_?tokens|sizes?$/],
  ['ids', /ids?|tokens?|words?|input|text|sentence|sent|premise|hypothesis|src|^[spxab]_?[12]?$/],
];

/** Beginnings and ends by which inputs of the two sentences are known; number 1 is the premise. */
const FIRST =
  /premise|(^|_)prem(_|$)|(sentence|sent|text|src|seq|input|query|question|(^|_)[sx])_?(a|1|one)(_|$|len|mask)|(^|_)(first|left|context)(_|$)/;
const SECOND =
  /hypothesis|(^|_)hypo?(_|$)|(sentence|sent|text|src|seq|input|query|question|(^|_)[sx])_?(b|2|two)(_|$|len|mask)|(^|_)(second|right)(_|$)/;

const ROLES: Readonly<Record<Place, Readonly<Partial<Record<Kind, InputRole>>>>> = {
  premise: { ids: 'premise-ids', mask: 'premise-mask', lengths: 'premise-lengths' },
  hypothesis: { ids: 'hypothesis-ids', mask: 'hypothesis-mask', lengths: 'hypothesis-lengths' },
  pair: {
    ids: 'pair-ids',
    mask: 'pair-mask',
    types: 'pair-types',
    positions: 'pair-positions',
    lengths: 'pair-lengths',
  },
};

/**
 * What the inputs of a model take, told by their names and, where names say nothing, by their number of dimensions: lists are lengths,
 * and of two tables of ids the first is the premise.
 *
 * @returns for each input its role, or null where it cannot be told; no role comes twice
 */
export function inputRoles(inputs: readonly NamedInput[]): (InputRole | null)[] {
  const kinds = inputs.map(kindOf);
  const places = placesOf(inputs, kinds);
  const given = new Set<InputRole>();
  return inputs.map((_, index) => {
    const kind = kinds[index];
    const place = places[index];
    const role = (kind && place && ROLES[place][kind]) ?? null;
    if (role === null || given.has(role)) return null;
    given.add(role);
    return role;
  });
}

function kindOf({ name, rank }: NamedInput): Kind | undefined {
  if (rank === 1) return 'lengths';
  if (rank !== 2 && rank !== undefined) return undefined;
  const plain = plainName(name);
  const named = KINDS.find(([, pattern]) => pattern.test(plain))?.[0];
  return named === 'lengths' && rank === 2 ? undefined : (named ?? 'ids');
}

function placesOf(inputs: readonly NamedInput[], kinds: readonly (Kind | undefined)[]): (Place | undefined)[] {
  const named = inputs.map(({ name }) => sideByWord(plainName(name)));
  if (named.includes('premise') && named.includes('hypothesis')) return named;
  const numbers = inputs.map(({ name }) => /(\d+)$/.exec(name)?.[1]);
  const used = [...new Set(numbers.filter((number) => number !== undefined))].toSorted((a, b) => Number(a) - Number(b));
  const ids = kinds.filter((kind) => kind === 'ids').length;
  if (used.length === 2 && ids === 2 && numbers.every((number) => number !== undefined)) {
    return numbers.map((number) => (number === used[0] ? 'premise' : 'hypothesis'));
  }
  if (ids < 2) return inputs.map(() => 'pair');
  const met = new Map<Kind, number>();
  return kinds.map((kind) => {
    if (!kind) return undefined;
    const before = met.get(kind) ?? 0;
    met.set(kind, before + 1);
    return before === 0 ? 'premise' : before === 1 ? 'hypothesis' : undefined;
  });
}

function sideByWord(name: string): Place | undefined {
  if (SECOND.test(name)) return 'hypothesis';
  return FIRST.test(name) ? 'premise' : undefined;
}

/** Lower case, words parted by `_`, what exporters put in front (`serving_default_`, `onnx::Gather_`) left out. */
function plainName(name: string): string {
  return name
    .replace(/^serving_default_|^onnx::\w+?_/, '')
    .replace(/:\d+$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_');
}
