/** The engine's own suites once more, in a real browser. */
import '../engine/activation.test.ts';
import '../engine/cells.test.ts';
import '../engine/counting.test.ts';
import '../engine/search.test.ts';
