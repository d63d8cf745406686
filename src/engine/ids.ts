declare const brand: unique symbol;

type Branded<Name extends string> = number & { readonly [brand]: Name };

/** Position of a concept in the probing set's list of concepts, counted from 0. Not the number it has in the source file. */
export type ConceptId = Branded<'ConceptId'>;

/** Position of a cell in a cell table, counted from 0. */
export type CellId = Branded<'CellId'>;

/** Channel of the probed tensor, counted from 0. */
export type UnitId = Branded<'UnitId'>;

/** Position of a sample in its probing set, counted from 0. */
export type SampleId = Branded<'SampleId'>;
