/** Raised when the same files would give other cells than before; part of the key under which cells are kept. */
export const CELLS_VERSION = 2;

/** Raised when the same model and pictures would give other activations than before; part of the key under which they are kept. */
export const ACTIVATIONS_VERSION = 2;
