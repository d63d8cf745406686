/** Milliseconds between two things a screen reader is told of a run. */
const pause = 10_000;

/** A text for a live region that does not chatter: it follows what it is told every ten seconds at most, and at milestones at once. */
export class CalmText {
  text = $state('');
  #milestone = '';
  #told = Number.NEGATIVE_INFINITY;

  /**
   * @param text what there is to say
   * @param milestone names the stretch it belongs to; a new one is told at once
   * @param now milliseconds, on any clock
   */
  tell(text: string, milestone: string, now: number): void {
    if (milestone === this.#milestone && now - this.#told < pause) return;
    this.#milestone = milestone;
    this.#told = now;
    this.text = text;
  }
}
