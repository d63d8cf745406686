/** Verbs whose last consonant is doubled before -ing. */
const doubling = new Set([
  'run',
  'sit',
  'swim',
  'cut',
  'hug',
  'dig',
  'jog',
  'shop',
  'chat',
  'nap',
  'skip',
  'beg',
  'chop',
  'mop',
  'put',
]);

/** `playing` of `play`; the first word of a phrase is its verb. */
export function ing(phrase: string): string {
  const [verb, rest] = cut(phrase);
  if (verb.endsWith('ie')) return `${verb.slice(0, -2)}ying${rest}`;
  if (verb.endsWith('e') && !verb.endsWith('ee')) return `${verb.slice(0, -1)}ing${rest}`;
  if (doubling.has(verb)) return `${verb}${verb.slice(-1)}ing${rest}`;
  return `${verb}ing${rest}`;
}

/** `plays` of `play`, as he, she and it do; the first word of a phrase is its verb. */
export function thirdPerson(phrase: string): string {
  const [verb, rest] = cut(phrase);
  if (/(?:ch|sh|ss|x|o)$/.test(verb)) return `${verb}es${rest}`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies${rest}`;
  return `${verb}s${rest}`;
}

function cut(phrase: string): [verb: string, rest: string] {
  const space = phrase.indexOf(' ');
  return space < 0 ? [phrase, ''] : [phrase.slice(0, space), phrase.slice(space)];
}
