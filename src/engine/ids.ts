declare const brand: unique symbol;

type Branded<Name extends string> = number & { readonly [brand]: Name };

/** Position of a concept in the probing set's list of concepts, counted from 0. Not the number it has in the source file. */
export type ConceptId = Branded<'ConceptId'>;

/** Channel of the probed tensor, counted from 0. */
export type UnitId = Branded<'UnitId'>;
