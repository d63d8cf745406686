import { transfer } from 'comlink';
import { hasSharedMemory } from '../engine/bits/memory.ts';

/**
 * Values to be passed to another worker, or back from one, without a copy: in shared memory as they are; else they are handed over, and
 * whoever passes them has nothing left.
 */
export function handOver(values: Float32Array): Float32Array {
  return handOverWith(values, values);
}

/** {@link handOver} for an answer that holds values. */
export function handOverBatch<Answer extends { readonly values: Float32Array }>(answer: Answer): Answer {
  return handOverWith(answer, answer.values);
}

/** {@link handOver} for an answer that is a buffer, or holds several. */
export function handOverBuffers<Answer extends object>(
  answer: Answer,
  buffers: readonly (ArrayBufferLike | null)[],
): Answer {
  const given = buffers.filter((buffer) => buffer !== null);
  return hasSharedMemory() ? answer : transfer(answer, given as ArrayBuffer[]);
}

function handOverWith<Message extends object>(message: Message, { buffer }: Float32Array): Message {
  return handOverBuffers(message, [buffer]);
}
