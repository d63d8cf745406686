/** What no caption tells: whoever says it of a caption's figures may be right or wrong. `{he}`, `{his}` and `{him}` are filled in. */
export const reasons: readonly string[] = [
  'because {he} {be} sad',
  'because {he} {be} bored',
  'because {he} lost a game',
  'because it is {his} birthday',
  'because {his} friends asked {him}',
  'because {he} {be} late',
  'because it is a holiday',
  'because {he} {be} in love',
  'because {he} {need} the money',
];

/** Purposes with `for`. */
export const purposes: readonly string[] = [
  'for a friend',
  'for a wedding',
  'for money',
  'for {his} family',
  'for the first time',
  'for a school project',
  'for a movie',
  'for {his} wife',
  'for the holidays',
  'for a magazine',
];

/** Contests. */
export const contests: readonly string[] = [
  'in a competition',
  'for a competition',
  'to win a competition',
  'before the big competition',
];

/** Occasions. */
export const occasions: readonly string[] = [
  'after work',
  'before lunch',
  'after school',
  'during {his} vacation',
  'on {his} birthday',
  'after a long day',
  'before going home',
  'before a wedding',
];

/** Traits of a person that a caption does not tell. */
export const traits: readonly string[] = [
  'tall',
  'sad',
  'famous',
  'rich',
  'lonely',
  'angry',
  'happy',
  'strong',
  'hungry',
];

/** Traits of an animal that a caption does not tell. */
export const animalTraits: readonly string[] = ['sad', 'hungry', 'kind', 'lost', 'happy', 'angry'];

/** What two or more people may be to each other. */
export const bonds: readonly string[] = ['friends', 'cousins', 'neighbors', 'strangers', 'best friends', 'twins'];

/** Whom a person may be with, or think of. */
export const companions: readonly string[] = [
  'brother',
  'sister',
  'manager',
  'best friend',
  'neighbor',
  'uncle',
  'cousin',
];

/** Wishes. */
export const wishes: readonly string[] = [
  'hoping to become famous',
  'trying to help someone',
  'thinking about the future',
  'waiting for a friend',
  'celebrating an important day',
  'looking for a new job',
  'planning a trip',
  'enjoying a vacation',
];
