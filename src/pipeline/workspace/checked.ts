/** Makes the error for a value that is not what it should be: `where` names it, `problem` says what is wrong with it. */
export type Refuse = (where: string, problem: string) => Error;

/** A value from a file of JSON, read with every step checked. Errors name the place, for example `units[3].best.iou`. */
export class Checked {
  readonly #value: unknown;
  readonly #refuse: Refuse;
  readonly #inside: Checked | null;
  readonly #name: string;

  constructor(value: unknown, refuse: Refuse, inside: Checked | null = null, name = '') {
    this.#value = value;
    this.#refuse = refuse;
    this.#inside = inside;
    this.#name = name;
  }

  /** Where the value stands. */
  get where(): string {
    return `${this.#inside?.where ?? ''}${this.#name}`;
  }

  /** The value, whatever it is. */
  get raw(): unknown {
    return this.#value;
  }

  /** A field of an object; absent ones are undefined. */
  at(field: string): Checked {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.fail('it is no object');
    const dotted = this.#inside === null && this.#name === '' ? field : `.${field}`;
    return new Checked(Object.hasOwn(value, field) ? Reflect.get(value, field) : undefined, this.#refuse, this, dotted);
  }

  /** The members of a list of at most so many. */
  list(most = 2 ** 24): Checked[] {
    const value = this.#value;
    if (!Array.isArray(value)) throw this.fail('it is no list');
    if (value.length > most) throw this.fail(`it has ${value.length} members, more than ${most}`);
    return value.map((member: unknown, i) => new Checked(member, this.#refuse, this, `[${i}]`));
  }

  /** The fields of an object of at most so many. */
  entries(most: number): [string, Checked][] {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.fail('it is no object');
    const names = Object.keys(value);
    if (names.length > most) throw this.fail(`it has ${names.length} fields, more than ${most}`);
    return names.map((name) => [name, this.at(name)]);
  }

  /** A finite number. */
  number(least = -Infinity, most = Infinity): number {
    const value = this.#value;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.fail('it is no number');
    if (value < least || value > most) throw this.fail(`it is ${value}, not ${range(least, most)}`);
    return value;
  }

  /** A whole number. */
  whole(least = 0, most: number = Number.MAX_SAFE_INTEGER): number {
    const value = this.number(least, most);
    if (!Number.isInteger(value)) throw this.fail(`it is ${value}, no whole number`);
    return value;
  }

  text(): string {
    if (typeof this.#value !== 'string') throw this.fail('it is no text');
    return this.#value;
  }

  flag(): boolean {
    if (typeof this.#value !== 'boolean') throw this.fail('it is neither true nor false');
    return this.#value;
  }

  /** One of some words. */
  oneOf<Word extends string>(words: readonly Word[]): Word {
    const found = words.find((word) => word === this.#value);
    if (found === undefined) throw this.fail(`it is none of ${words.join(', ')}`);
    return found;
  }

  /** Null, or what `read` makes of it. */
  orNull<Value>(read: (value: Checked) => Value): Value | null {
    return this.#value === null ? null : read(this);
  }

  /** The error that says what is wrong with this value. */
  fail(problem: string): Error {
    return this.#refuse(this.where || 'the whole', problem);
  }
}

function range(least: number, most: number): string {
  if (most === Infinity || most === Number.MAX_SAFE_INTEGER) return `${least} or more`;
  return `${least} to ${most}`;
}
