/**
 * What is not cut by the rules of tokenize.ts, or otherwise than by them, as spaCy's English rules list it: contractions with and without
 * their apostrophe, abbreviations, times of day, emoticons.
 */

const capitalised = (word: string): string => word[0].toUpperCase() + word.slice(1);

/** Both spellings of each: as it is and with a capital. */
const both = (words: readonly string[]): string[] => words.flatMap((word) => [word, capitalised(word)]);

const list = (text: string): string[] => text.trim().split(/\s+/);

const AUXILIARIES = list(
  `ca could do does did had may might must need ought sha should wo would ai are is was were have has dare`,
);
const BARE_KEPT = new Set(both(list('ill its hell shell shed were well whore')));

/** Endings of contractions by the words that take them. */
const ENDINGS: readonly (readonly [words: readonly string[], endings: readonly string[]])[] = [
  [['i'], ["'m", "'m a"]],
  [list('i you he she it we they'), ["'ll", "'ll 've", "'d", "'d 've"]],
  [list('i you we they'), ["'ve"]],
  [list('you we they'), ["'re"]],
  [list('he she it'), ["'s"]],
  [list('who what when where why how there that'), ["'s", "'ll", "'ll 've", "'re", "'ve", "'d", "'d 've"]],
  [AUXILIARIES, ["n't"]],
  [AUXILIARIES.slice(0, AUXILIARIES.indexOf('ai')), ["n't 've"]],
  [list('could might must should would'), ["'ve"]],
  [['not'], ["'ve"]],
];

/** Cut where the space stands. */
const CUT = both(list(`can|not gon|na got|ta let|'s y'|all y|all how|'d|'y`)).map((word) => word.replaceAll('|', ' '));

const WHOLE = [
  ...both(
    list(`doin goin nothin nuthin ol somethin lovin havin doin' goin' nothin' nuthin' ol' somethin' lovin' havin' ma'am o'clock
      e.g. i.e. co. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.`),
  ),
  ...list(`'s 'S 'd 're 'll 'cause 'Cause 'cos 'Cos 'coz 'Coz 'cuz 'Cuz 'bout 'em 'nuff ll em nuff cause and/or w/o a.m. p.m. vs. v.s.
    E.G. I.E. Adm. Bros. Corp. D.C. Dr. Gen. Gov. Inc. Jr. Ltd. Md. Messrs. Mo. Mont. Mr. Mrs. Ms. Ph.D. Prof. Rep. Rev. Sen. St. Mt. Ak. Ala.
    Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ia. Id. Ill. Ind. Kan. Kans. Ky. La. Mass. Mich. Minn. Miss. N.C. N.D. N.H. N.J. N.M. N.Y.
    Neb. Nebr. Nev. Okla. Ore. Pa. S.C. Tenn. Va. Wash. Wis.`),
  ...Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${letter}.`),
  ...list(`:) :-) :)) :-)) :))) :-))) (: (-: ((: (((: =) (= =] [= :] [: :-] [-: :} {: :( :-( :(( :-(( :((( ): )-: )): =( )= :/ :-/ =/ :| :-| =|
    :* :-* :P :-P :p :-p =P :D :-D =D XD xD xDD XDD :o :-o :O :-O :0 :-0 :x :X :-x :-X :3 :> ;) ;-) (; ;D ;-D <3 </3 <33 <333 8) 8-) B) B-) >:( >:o
    >.< -_- -__- o_O O_o o_o O_O 0_0 0_o o_0 ^_^ ^__^ ^___^ V_V v_v :'( :') :'-( :'-) ¯\\(ツ)/¯ :o) ._. <.< >.> @_@ o.o O.O o.O O.o 0.0`),
];

/** Lengths of the parts, in UTF-16 units, by the text they make; apostrophes are straight. */
export const EXCEPTIONS: ReadonlyMap<string, readonly number[]> = new Map(
  Array.from(exceptions(), (parts) => [parts.join(''), parts.map((part) => part.length)]),
);

/** Length of the longest of them. */
export const LONGEST_EXCEPTION = Math.max(...Array.from(EXCEPTIONS.keys(), (text) => text.length));

function* exceptions(): Generator<readonly string[]> {
  for (const [words, endings] of ENDINGS) {
    for (const word of both(words)) {
      for (const ending of endings) {
        const parts = [word, ...ending.split(' ')];
        yield parts;
        const bare = parts.map((part) => part.replace("'", ''));
        if (!BARE_KEPT.has(bare.join(''))) yield bare;
      }
    }
  }
  for (const words of CUT) yield words.split(' ');
  for (const half of ['am', 'pm', 'a.m.', 'p.m.']) {
    for (let hour = 1; hour <= 12; hour += 1) yield [String(hour), half];
  }
  for (const word of WHOLE) yield [word];
}
