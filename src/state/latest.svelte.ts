import type { Fault } from '../engine/fault.ts';
import { toFault } from './to-fault.ts';

/** A question to something slow. */
export interface Question<Answer> {
  /** Questions with the same key are the same. */
  readonly key: string;
  /** What it is about: answers about something else are of no use, answers about the same thing are better than none. */
  readonly topic: string;
  ask(): Promise<Answer>;
}

/** An answer with its question's key. */
export interface Answered<Answer> {
  readonly key: string;
  readonly topic: string;
  readonly value: Answer;
  /** Milliseconds from asking to the answer. */
  readonly tookMs: number;
}

/**
 * Asks one question at a time. Of those that come while one is at work only the newest is asked next. The last answer stays until a
 * newer one about the same topic comes; errors do not remove it.
 */
export class Latest<Answer> {
  answer: Answered<Answer> | null = $state.raw(null);
  /** Why the newest question has no answer. */
  fault: Fault | null = $state.raw(null);
  /** Whether a question is at work. */
  busy = $state(false);
  #wanted: Question<Answer> | null = null;

  /** Asks, unless the newest question is the same; null: nothing is asked any more. */
  ask(question: Question<Answer> | null): void {
    if (question?.key === this.#wanted?.key) return;
    if (question?.topic !== this.#wanted?.topic) this.fault = null;
    this.#wanted = question;
    if (question && !this.busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.busy = true;
    let asked: Question<Answer> | null = null;
    let again = true;
    while (this.#wanted && (this.#wanted !== asked || again)) {
      const question: Question<Answer> = this.#wanted;
      const first = question !== asked;
      asked = question;
      again = false;
      const started = performance.now();
      try {
        const value = await question.ask();
        if (this.#wanted?.topic !== question.topic) continue;
        this.answer = { key: question.key, topic: question.topic, value, tookMs: performance.now() - started };
        this.fault = null;
      } catch (error) {
        const fault = toFault(error);
        // Somebody else's question pushed ours aside: it is still wanted, so it is asked once more.
        if (fault.code === 'jobs/stale') again = first;
        else if (this.#wanted === question) this.fault = fault;
      }
    }
    this.busy = false;
  }
}
