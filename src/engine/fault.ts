/**
 * An error meant for a person: what is wrong, where, and what to do, in one or two sentences.
 *
 * `code` is stable (`room/what`, for example `probing/missing-column`) and is what programs compare; the sentence may be reworded.
 */
export class Fault extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Fault';
    this.code = code;
  }
}

type Sentence = (...details: never[]) => string;

/** What {@link faultTable} returns: for each kind, a function from its details to a {@link Fault}. */
export type FaultTable<Table extends Record<string, Sentence>> = {
  readonly [Kind in keyof Table]: (...details: Parameters<Table[Kind]>) => Fault;
};

/**
 * Declares the faults of one room, so that all its sentences stand in one place.
 *
 * @param room first half of the code
 * @param table for each kind (kebab-case, second half of the code) its sentence
 */
export function faultTable<Table extends Record<string, Sentence>>(room: string, table: Table): FaultTable<Table> {
  const made = Object.entries(table).map(([kind, sentence]) => [
    kind,
    (...details: never[]) => new Fault(`${room}/${kind}`, sentence(...details)),
  ]);
  return Object.fromEntries(made) as FaultTable<Table>;
}
