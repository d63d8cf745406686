import type { Formula } from '../../engine/formula/formula.ts';
import { tokens } from './tokens.ts';
import type { Token } from './tokens.ts';

/**
 * Which written parts of a formula another one does not have: those outside the longest common subsequence of both, brackets aside.
 *
 * @returns one value for each of `tokens(formula)`
 */
export function differingTokens(formula: Formula, other: Formula): readonly boolean[] {
  const [mine, theirs] = [tokens(formula), tokens(other)];
  const common = commonLengths(mine.map(word), theirs.map(word));
  const differs = mine.map(() => true);
  let [i, j] = [0, 0];
  while (i < mine.length && j < theirs.length) {
    if (word(mine[i]) === word(theirs[j])) {
      differs[i] = false;
      i += 1;
      j += 1;
    } else if (common[i + 1][j] >= common[i][j + 1]) i += 1;
    else j += 1;
  }
  return differs.map((different, index) => different && mine[index].kind !== 'bracket');
}

/** Entry [i][j]: length of the longest common subsequence of the words from i on and the other's from j on. */
function commonLengths(mine: readonly string[], theirs: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: mine.length + 1 }, () => new Array<number>(theirs.length + 1).fill(0));
  for (let i = mine.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      lengths[i][j] =
        mine[i] === theirs[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

function word(token: Token): string {
  return token.kind === 'concept' ? String(token.concept) : token.text;
}
