/** The field's words as this page uses them, with their meaning. */
export const glossary: readonly (readonly [word: string, meaning: string])[] = [
  ['Unit', 'One channel of a layer of the network, counted from 0.'],
  ['Probing set', 'Samples, pictures for instance, in which it is known which concepts are where.'],
  ['Position', 'A place in a sample: a pixel of its masks, or the whole sample where it has only one.'],
  ['Concept', 'A named property that is true or false at each position: water, roof, blue, street.'],
  ['Mask', 'The positions where a unit fires: its activation, enlarged to the masks, lies above the threshold.'],
  ['Threshold', "By default the value above which the largest 0.5 % of a unit's activations lie."],
  ['Formula', 'Concepts joined by AND, OR and AND NOT. Its length is the number of concepts in it.'],
  ['IoU', 'Positions in both mask and formula, divided by positions in either. 1 is a perfect match, 0 is none.'],
  ['Beam', 'How many formulas the search keeps at each length to build longer ones from.'],
  ['Penalty', 'A factor below 1 on the IoU for each further concept, to favour short formulas.'],
  ['NEIGHBORS', 'For text: a word or one of its five nearest words by word vector, on the same side.'],
  [
    'Constant, silent',
    'A constant unit has one value everywhere. A silent one has no value above its threshold. Neither has a formula.',
  ],
];

/** Keys with what they do. */
export const keys: readonly (readonly [key: string, effect: string])[] = [
  ['j, k, arrows', 'In the unit table: next and previous row.'],
  ['Enter', 'Opens the unit under the cursor.'],
  ['/', 'Goes to the search field.'],
  ['Esc', 'Empties the search, closes a picture, or goes from a unit back to the table.'],
  [
    'left, right',
    "On a unit's page: previous and next unit in the table's order. In a large picture: previous and next picture.",
  ],
  ['Tab', "Moves through a formula's parts and lights each in the pictures."],
];
