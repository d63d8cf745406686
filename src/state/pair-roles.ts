import type { InputRole, PairEncoding } from '../engine/text/pair-encoding.ts';
import type { PairTensor } from '../jobs/api.ts';
import { describeRole, roleOf } from '../onnx/text/check-encoding.ts';

/** What an input can take, as a page offers it. */
export interface RoleChoice {
  readonly role: InputRole;
  readonly text: string;
}

const roles: readonly InputRole[] = [
  ...(['premise-ids', 'premise-mask', 'premise-lengths'] as const),
  ...(['hypothesis-ids', 'hypothesis-mask', 'hypothesis-lengths'] as const),
  ...(['pair-ids', 'pair-mask', 'pair-types', 'pair-positions', 'pair-lengths'] as const),
];

/** Everything an input can take, in the order in which it is offered. */
export const roleChoices: readonly RoleChoice[] = roles.map((role) => ({ role, text: describeRole(role) }));

/** What an input takes; null: nothing is given to it. */
export function roleIn({ roles }: PairEncoding, input: string): InputRole | null {
  return roleOf(roles, input) ?? null;
}

/** An input's type and shape in a few words: `int64, batch × ?`. */
export function tensorText({ elemType, dims }: PairTensor): string {
  if (dims === null) return `${elemType}, shape unknown`;
  return `${elemType}, ${dims.map((size) => size ?? '?').join(' × ')}`;
}
