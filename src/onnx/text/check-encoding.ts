import type { InputRole, PairEncoding } from '../../engine/text/pair-encoding.ts';
import { encodingFaults } from './encoding-faults.ts';
import type { PairInput, PairTensor } from './pair-input.ts';
import type { TokenizerInfo } from './tokenizer.ts';

/** Fewest tokens that a row of one sentence, and of two joined with three special tokens, may be cut to. */
const FEWEST = { single: 1, joint: 5 } as const;

/**
 * What is wrong with an encoding for a model, a sentence each; empty where the model can be run with it.
 *
 * @param tokenizer the one that is open; null: none
 */
export function encodingProblems(input: PairInput, encoding: PairEncoding, tokenizer: TokenizerInfo | null): string[] {
  const { roles } = encoding;
  const unmatched = input.tensors.filter(({ name }) => roleOf(roles, name) === undefined);
  const faults = [
    ...unmatched.map(({ name }) => encodingFaults['unmatched-input'](name)),
    ...Object.keys(roles)
      .filter((name) => input.tensors.every((tensor) => tensor.name !== name))
      .map((name) => encodingFaults['no-such-input'](name)),
    ...input.tensors.flatMap((tensor) => shapeFaults(tensor, roleOf(roles, tensor.name))),
    ...roleFaults(input, roles, unmatched.length > 0),
    ...tokenizerFaults(input, encoding, tokenizer),
    ...limitFaults(encoding),
  ];
  return faults.map((fault) => fault.message);
}

/** A role for people: `ids of the premise`, `mask of both sentences`. */
export function describeRole(role: InputRole): string {
  const [place, kind] = role.split('-');
  return `${KINDS[kind] ?? kind} of ${place === 'pair' ? 'both sentences' : `the ${place}`}`;
}

const KINDS: Readonly<Record<string, string>> = {
  ids: 'ids',
  mask: 'mask',
  lengths: 'lengths',
  types: 'token types',
  positions: 'positions',
};

/** The role of an input; a name such as `constructor` has none unless it is given one. */
export function roleOf(roles: PairEncoding['roles'], name: string): InputRole | undefined {
  return Object.hasOwn(roles, name) ? roles[name] : undefined;
}

type Faults = readonly Error[];

function shapeFaults({ name, dims }: PairTensor, role: InputRole | undefined): Faults {
  if (role === undefined || dims === null) return [];
  const rank = role.endsWith('-lengths') ? 1 : 2;
  if (dims.length === rank) return [];
  return [encodingFaults['role-shape'](name, describeRole(role), rank === 1 ? 'one dimension' : 'two dimensions')];
}

function roleFaults({ tensors }: PairInput, roles: PairEncoding['roles'], unmatched: boolean): Faults {
  const given = tensors.flatMap(({ name }) => {
    const role = roleOf(roles, name);
    return role ? [{ name, role }] : [];
  });
  const repeated = [...new Set(given.map(({ role }) => role))].flatMap((role) => {
    const names = given.filter((one) => one.role === role).map(({ name }) => name);
    return names.length > 1 ? [encodingFaults['same-role'](describeRole(role), names.join(', '))] : [];
  });
  const joint = given.find(({ role }) => role.startsWith('pair-'));
  const single = given.find(({ role }) => !role.startsWith('pair-'));
  if (joint && single) return [...repeated, encodingFaults['mixed-roles'](joint.name, single.name)];
  const needed: InputRole[] = joint ? ['pair-ids'] : ['premise-ids', 'hypothesis-ids'];
  const missing = needed.filter((role) => given.every((one) => one.role !== role));
  // While inputs have no role yet, the missing one is likely among them, and that is said already.
  return [...repeated, ...(unmatched ? [] : missing.map((role) => encodingFaults['missing-ids'](describeRole(role))))];
}

function tokenizerFaults(input: PairInput, encoding: PairEncoding, tokenizer: TokenizerInfo | null): Faults {
  if (!tokenizer) {
    return [
      encoding.tokenizer
        ? encodingFaults['tokenizer-not-open'](encoding.tokenizer.name)
        : encodingFaults['no-tokenizer'](),
    ];
  }
  const { name, largestId, joins, hash } = tokenizer;
  const wanted = encoding.tokenizer;
  const misfits = input.tensors.flatMap((tensor) => {
    const { vocabulary } = tensor;
    if (!roleOf(encoding.roles, tensor.name)?.endsWith('-ids') || vocabulary === null || largestId < vocabulary)
      return [];
    return [encodingFaults['tokenizer-misfit'](name, String(largestId), tensor.name, String(vocabulary))];
  });
  return [
    ...(wanted && wanted.hash !== hash ? [encodingFaults['other-tokenizer'](wanted.name, name)] : []),
    ...misfits.slice(0, 1),
    ...(!joins && isJoint(encoding) ? [encodingFaults['cannot-join'](name)] : []),
  ];
}

function limitFaults(encoding: PairEncoding): Faults {
  const { maxTokens, classes } = encoding;
  const fewest = isJoint(encoding) ? FEWEST.joint : FEWEST.single;
  const twice = classes.find((name, index) => classes.indexOf(name) !== index);
  return [
    ...(Number.isSafeInteger(maxTokens) && maxTokens >= fewest ? [] : [encodingFaults['max-tokens'](String(fewest))]),
    ...(twice === undefined ? [] : [encodingFaults['same-class'](twice)]),
  ];
}

/** Whether both sentences go into one row. */
export function isJoint({ roles }: PairEncoding): boolean {
  return Object.values(roles).includes('pair-ids');
}
