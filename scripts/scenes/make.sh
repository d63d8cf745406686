#!/bin/sh
# Makes public/samples/scenes again: draws the training and test pictures, trains, exports, draws the preview.
#
# Needs Node with this project's packages, and Python 3 with torch, onnx and numpy (Debian: python3-torch python3-onnx).
# Takes about five minutes on two cores. PYTHON names another interpreter; arguments go to train.py (--epochs, --threads, --seed).
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
npx tsx scripts/scenes/dump.ts 11 6000 "$folder/train"
npx tsx scripts/scenes/dump.ts 12 1200 "$folder/heldout"
"$found" scripts/scenes/train.py "$folder/train" "$folder/heldout" public/samples/scenes "$@"
npx tsx scripts/scenes/preview.ts
