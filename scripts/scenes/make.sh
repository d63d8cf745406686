#!/bin/sh
# Makes public/samples/scenes/model.onnx and provenance.json again: draws the training and test pictures, trains, exports.
#
# Needs Node with this project's packages, and Python 3 with torch, onnx and numpy (Debian: python3-torch python3-onnx).
# Takes about half an hour on two cores. PYTHON names another interpreter; arguments go to train.py (--epochs, --threads, --seed).
# Another version of torch or another processor gives slightly different weights.
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npx tsx scripts/scenes/dump.ts 11 6000 "$folder/train"
npx tsx scripts/scenes/dump.ts 12 1200 "$folder/heldout"
"${PYTHON:-python3}" scripts/scenes/train.py "$folder/train" "$folder/heldout" public/samples/scenes "$@"
