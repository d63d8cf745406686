import { cliFaults } from './errors.ts';

/** Names between commas. */
export const names = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

/** A number that is allowed. @throws Fault `cli/usage` */
export function number(option: string, text: string, allowed: (value: number) => boolean, wanted: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!allowed(value)) throw cliFaults.usage(`${option} must be ${wanted}, not ${text || 'empty'}.`);
  return value;
}

/** A whole number in a range. @throws Fault `cli/usage` */
export function whole(option: string, text: string, least: number, most: number): number {
  const allowed = (value: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  return number(
    option,
    text,
    allowed,
    most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`,
  );
}

/** First and last unit, inclusive: `0-63`, or one alone. @throws Fault `cli/usage` */
export function unitRange(text: string): readonly [number, number] {
  const found = /^(\d+)(?:-(\d+))?$/.exec(text);
  const first = Number(found?.[1]);
  const last = Number(found?.[2] ?? found?.[1]);
  if (!found || last < first) throw cliFaults.usage(`--units takes a range such as 0-63, not ${text}.`);
  return [first, last];
}

/**
 * Which shard of how many: `3/16`, or `JOB_COMPLETION_INDEX/16` where a variable of the environment has the number.
 *
 * @throws Fault `cli/usage`
 */
export function shardOf(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly shard: number; readonly of: number } {
  const found = /^(\d+|[A-Za-z_]\w*)\/(\d+)$/.exec(text);
  const [, which = '', count = ''] = found ?? [];
  const isName = /^\D/.test(which);
  const value = isName ? environment[which] : which;
  if (!found || !(Number(count) >= 1))
    throw cliFaults.usage(`--shard takes a number and how many there are, such as 3/16, not ${text}.`);
  if (value === undefined || !/^\d+$/.test(value))
    throw cliFaults.usage(`--shard ${text} needs a number in the environment variable ${which}.`);
  const [shard, of] = [Number(value), Number(count)];
  if (shard >= of)
    throw cliFaults.usage(`--shard counts from 0: of ${of} shards the last is ${of - 1}/${of}, not ${shard}/${of}.`);
  return { shard, of };
}
