import { wrap } from 'comlink';
import type { Fault } from '../engine/fault.ts';
import { jobFaults } from './errors.ts';
import { registerFaults } from './fault-transfer.ts';

registerFaults();

type Methods = Record<string, (...args: never[]) => unknown>;

/** Names of the methods of a worker's service. */
export type MethodOf<Service> = {
  [Name in keyof Service]: Service[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Service] &
  string;

/** What a method takes. */
export type ArgumentsOf<Service, Name extends keyof Service> = Service[Name] extends (
  ...args: infer Arguments
) => unknown
  ? Arguments
  : never;
/** What a method gives. */
export type ResultOf<Service, Name extends keyof Service> = Service[Name] extends (...args: never[]) => infer Result
  ? Awaited<Result>
  : never;

interface Connection {
  readonly worker: Worker;
  /** Held for as long as the worker lives: comlink lets go of calls whose proxy is collected. */
  readonly remote: unknown;
  readonly pending: Set<(fault: Fault) => void>;
}

/**
 * A worker that is started when first needed, and again after it has died. Its death, whatever the cause, rejects every call that
 * waits for it, which comlink alone would leave waiting for ever.
 */
export class WorkerLink<Service> {
  readonly #spawn: () => Worker;
  readonly #what: string;
  readonly #stalled: (seconds: number) => Fault;
  #connection: Connection | undefined;
  #generation = 0;

  /**
   * @param what what the worker does, for messages: "reading the probing set"
   * @param stalled what is said where it takes longer than it may
   */
  constructor(
    spawn: () => Worker,
    what: string,
    stalled: (seconds: number) => Fault = (seconds) => jobFaults.stalled(what, seconds),
  ) {
    this.#spawn = spawn;
    this.#what = what;
    this.#stalled = stalled;
  }

  /** Goes up whenever a worker is started; what an earlier one was told is then lost. 0: none was yet. */
  get generation(): number {
    return this.#generation;
  }

  /** Does a worker run? */
  get alive(): boolean {
    return this.#connection !== undefined;
  }

  /** Does any call wait for an answer? */
  get busy(): boolean {
    return (this.#connection?.pending.size ?? 0) > 0;
  }

  /** Calls a method. @throws Fault or Error of the method; Fault `jobs/worker-died` */
  call<Name extends MethodOf<Service>>(
    name: Name,
    ...args: ArgumentsOf<Service, Name>
  ): Promise<ResultOf<Service, Name>> {
    const connection = (this.#connection ??= this.#start());
    return new Promise((resolve, reject) => {
      connection.pending.add(reject);
      const settle = (done: () => void): void => {
        connection.pending.delete(reject);
        done();
      };
      const remote = connection.remote as Methods;
      Promise.resolve(remote[name](...(args as unknown as never[]))).then(
        (value) => settle(() => resolve(value as ResultOf<Service, Name>)),
        (error: unknown) => settle(() => reject(error)),
      );
    });
  }

  /**
   * {@link call}, but the worker is ended if it takes longer.
   *
   * @throws Fault `jobs/stalled` besides, or what the link says in its place
   */
  async callWithin<Name extends MethodOf<Service>>(
    seconds: number,
    name: Name,
    ...args: ArgumentsOf<Service, Name>
  ): Promise<ResultOf<Service, Name>> {
    const watchdog = setTimeout(() => this.end(this.#stalled(seconds)), seconds * 1000);
    try {
      return await this.call(name, ...args);
    } finally {
      clearTimeout(watchdog);
    }
  }

  /** Starts the worker if none runs, so that the first call does not wait for it. */
  warm(): void {
    this.#connection ??= this.#start();
  }

  /** Ends the worker at once; calls that wait are rejected with the fault. The next call starts a fresh one. */
  end(fault: Fault): void {
    const connection = this.#connection;
    if (!connection) return;
    this.#connection = undefined;
    connection.worker.terminate();
    for (const reject of connection.pending) reject(fault);
    connection.pending.clear();
  }

  #start(): Connection {
    const worker = this.#spawn();
    this.#generation++;
    const connection: Connection = { worker, remote: wrap(worker), pending: new Set() };
    const died = (reason: string): void => {
      if (this.#connection === connection) this.end(jobFaults['worker-died'](this.#what, reason));
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      died(event.message || 'it could not be started');
    });
    worker.addEventListener('messageerror', () => died('a message could not be read'));
    return connection;
  }
}
