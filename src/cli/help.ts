import { defaultSettings as defaults } from '../engine/results/default-settings.ts';
import { presetNames } from '../onnx/preprocess.ts';

/** Names of the samples. */
export const sampleNames = ['scenes', 'coco-mobilenet', 'entailment'] as const;

/** What `--help` prints. */
export const help = `Explains the units of a neural network by formulas over concepts.

  npm run -s explain -- --sample NAME
  npm run -s explain -- --probing DIR|ZIP --model M.onnx [--layer TENSOR] [--preprocess PRESET]
  npm run -s explain -- --probing DIR|ZIP --activations A.npy
  npm run -s explain -- --cells C.parquet [C.parquet ...] [--concepts concepts.csv]
  npm run -s explain -- --probing ... --model ... --shard I/N --out DIR
  npm run -s merge -- DIR [DIR ...] --out DIR

  --sample NAME        ${sampleNames.join(', ')}
  --probing PATH       a probing set, in any of the layouts of docs/formats.md: a folder, a zip, or a file of sentence pairs
  --categories A,B     probe these categories only (the layout's choice)
  --splits A,B         read these splits only (all)
  --no-colors          compute no color concepts from the pixels
  --model M.onnx       the model; --layers lists its layers
  --layer TENSOR       the layer to explain; by default the last convolutional activation before pooling
  --preprocess PRESET  ${presetNames.join(', ')}
  --activations A.npy  [samples, units, height, width] or [samples, units]; also .npz, .safetensors, Parquet
  --columns P,H,G      columns of a table of sentence pairs: premise, hypothesis, gold label, prediction (found out)
  --words K            most common words of each side that become concepts (2000)
  --overlap KIND       paper, or reference: how shared words are counted
  --lemmas             make concepts of lemmas too
  --tokens KIND        given: words are separated by spaces; cut: they must be found (found out)
  --vectors V.txt      word vectors for NEIGHBORS, as GloVe has them (a table of 5,000 words)
  --tokenizer FILE     tokenizer.json or vocabulary of a model of sentence pairs (the one in the model's file)
  --classes A,B,C      names of the model's classes in the order of its output
  --class-names FILE   such names of a model of pictures in a file, a line each or JSON (docs/analysis.md)
  --labels FILE        gold labels for --report in place of the probing set's: rows of sample name and label
  --max-tokens K       tokens in a row at most
  --cells C.parquet    cells counted elsewhere, one file or several shards, Parquet or Arrow (docs/interchange.md)
  --concepts C.csv     number, name and category of the concepts in --cells, where the file does not say them
  --length N           concepts in a formula at most (3; pairs: 5)
  --beam B             formulas kept at each step (10)
  --penalty P          factor for each concept beyond the first, above 0 up to 1 (1)
  --candidates K       extend by the K best single concepts only (all)
  --operators A,B      grow formulas by these only: ${defaults.operators.join(', ')} (all)
  --without A,B        concepts of these categories stand in no formula (none)
  --quantile Q         a unit's mask is its strongest share Q (0.005; pairs: above 0), or
  --above T            its activations above T, or
  --thresholds T.npy   above its own threshold, one a unit
  --mode MODE          default, or reference: the reference program's search to the last digit
  --min-active K       leave out units with fewer mask positions (0; pairs: 5 in 100 of them)
  --min-concept K      leave out concepts that cover fewer positions (0)
  --units A-B          explain units A to B only
  --out DIR            write the table (CSV) and explanations.json there
  --report DIR         analyse the formulas, and write analysis.json and tables (CSV) there (docs/analysis.md)
  --ablate [K]         with --report: switch units off, prune them and put formulas in their place, on K samples spread
                       over the set or as many as fit into 256 MB (docs/ablation.md)
  --write-cells FILE   write the cells with the counts of all units, as .parquet or .arrow
  --threads N          explain on N threads (one a core, up to 8); a model runs on N (2)
  --quiet              show no progress

A run in shards, which goes on where it was broken off (docs/command-line.md):

  --shard I/N          read shard I of N, from 0, into a folder of --out; run it again to go on. I may be the name of an
                       environment variable: JOB_COMPLETION_INDEX/16. 0/1 is a run of one shard that can be broken off
  --save-every S       save what was read at least every S seconds (5)
  merge                adds all shards up and explains them as one run would. It takes --length to --min-concept, --units,
                       --out, --report, --write-cells, --threads, --quiet, and another threshold, quantiles up to the
                       one kept

Exit codes: 0 done; 1 the files or the model are at fault; 2 wrong use; 3 shards are missing, not finished or damaged;
130 and 143 ended by a signal.
`;
