/**
 * Asks a few questions at a time, in order, and drops those that are no longer wanted before they were asked: a picture that was
 * scrolled past costs nothing.
 */
export class AskQueue {
  readonly #atOnce: number;
  readonly #waiting = new Set<() => Promise<void>>();
  #asked = 0;

  /** @param atOnce questions under way at the same time, at most */
  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /**
   * Asks when its turn comes. One of `keep` and `fail` is called, unless the question was taken back.
   *
   * @returns takes the question back
   */
  ask<Answer>(
    question: () => Promise<Answer>,
    keep: (answer: Answer) => void,
    fail: (error: unknown) => void,
  ): () => void {
    let wanted = true;
    const turn = async (): Promise<void> => {
      try {
        const answer = await question();
        if (wanted) keep(answer);
      } catch (error) {
        if (wanted) fail(error);
      }
    };
    this.#waiting.add(turn);
    this.#next();
    return () => {
      wanted = false;
      this.#waiting.delete(turn);
    };
  }

  #next(): void {
    for (const turn of this.#waiting) {
      if (this.#asked >= this.#atOnce) return;
      this.#waiting.delete(turn);
      this.#asked += 1;
      void turn().then(() => {
        this.#asked -= 1;
        this.#next();
      });
    }
  }
}

/** The queue of the pictures' questions. */
export const pictureQuestions = new AskQueue(12);
