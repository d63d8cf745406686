/** A stop of the guided look: what it points at, and what it says. */
export interface TourStep {
  /** Value of `data-tour` of the element pointed at. */
  readonly at: string;
  readonly title: string;
  readonly text: string;
}

/** The guided look at one unit, in order. A stop whose element is not on the page is passed over. */
export const tourSteps: readonly TourStep[] = [
  {
    at: 'headline',
    title: 'A unit, as a formula',
    text: 'A unit is one channel of a layer of the network. The formula tells where it fires, in terms of concepts that people have marked in the pictures.',
  },
  {
    at: 'pictures',
    title: 'The pictures that prove it',
    text: 'These are the pictures on which the unit fires most. Its mask, where its activation is among its highest 0.5 %, is orange; the places where the formula holds are blue; yellow is both.',
  },
  {
    at: 'iou',
    title: 'IoU: how well they agree',
    text: 'Positions in both, divided by positions in either, over the whole probing set. 1 would be a perfect match. Values from 0.05 to 0.3 are usual: a formula tells a good part of a unit, rarely all.',
  },
  {
    at: 'parts',
    title: 'What each concept adds',
    text: 'Leave a concept out and see what the formula loses. Point at a concept and it lights up in every picture.',
  },
  {
    at: 'controls',
    title: 'Try it',
    text: 'Move a slider: a longer formula, another threshold, no colors. The unit is explained again in milliseconds, on this machine.',
  },
  {
    at: 'lists',
    title: 'And the doubt',
    text: 'The other two lists show where the explanation fails: where the formula holds and the unit is silent, and where the unit fires for another reason.',
  },
];
