#!/bin/sh
# Makes public/samples/entailment/model.onnx again: writes the pairs for training and testing, trains, exports.
#
# Needs Node with this project's packages, and Python 3 with torch, onnx and numpy (Debian: python3-torch python3-onnx).
# Takes about three minutes with a fast BLAS (Debian: libopenblas0), over ten with the reference BLAS. PYTHON names another
# interpreter; arguments go to train.py (--real, --epochs, --threads, --seed).
# Another version of torch or another processor gives slightly different weights.
set -eu
cd "$(dirname "$0")/../.."
for python in ${PYTHON:-python3 /usr/bin/python3}; do
  if "$python" -c 'import torch, onnx, numpy' 2>/dev/null; then found=$python; break; fi
done
if [ -z "${found:-}" ]; then
  echo "No Python with torch, onnx and numpy was found. On Debian: apt-get install python3-torch python3-onnx; or name one by PYTHON." >&2
  exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npx tsx scripts/entailment/dump.ts 21 60000 train "$folder/train.tsv"
npx tsx scripts/entailment/dump.ts 22 9000 train "$folder/same.tsv"
npx tsx scripts/entailment/dump.ts 22 9000 heldout "$folder/heldout.tsv"
version=$(sed -n 's/^export const generatorVersion = \([0-9]*\);$/\1/p' src/probing/entailment/generate.ts)
echo "{\"generatorVersion\": $version, \"train\": 21, \"heldout\": 22}" >"$folder/series.json"
"$found" scripts/entailment/train.py "$folder" public/words/vectors.bin public/samples/entailment "$@"
