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

function handOverWith<Message extends object>(message: Message, { buffer }: Float32Array): Message {
  return hasSharedMemory() ? message : transfer(message, [buffer as ArrayBuffer]);
}
