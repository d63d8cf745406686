"""Trains the network of the sample `scenes` on dumped pictures and exports it to ONNX.

Usage: python3 scripts/scenes/train.py TRAIN HELDOUT OUT [--epochs N] [--threads N] [--seed N]

TRAIN and HELDOUT are folders written by dump.ts with different seeds. OUT gets model.onnx and provenance.json.
The network learns from scene labels alone; objects, parts and colours are never shown to it.
"""

import argparse
import hashlib
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from export import export_onnx
from network import SceneNetwork

SIZE = 112
BATCH = 48
# Weight of the mean activation of the probed units in the loss: units that are mostly silent are easier to read.
SPARSITY = 0.02


def load(folder):
    names = json.loads((folder / "names.json").read_text())
    pixels = np.fromfile(folder / "pixels.u8", np.uint8).reshape(-1, SIZE, SIZE, 3)
    pictures = torch.from_numpy(np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)))
    scenes = torch.from_numpy(np.fromfile(folder / "scenes.u8", np.uint8).astype(np.int64))
    return names, pictures, scenes


def augmented(batch):
    """Mirrored and shifted by up to 6 pixels; colours stay as they are, because they decide."""
    pictures = batch.float() / 255
    flip = torch.rand(len(pictures)) < 0.5
    pictures[flip] = pictures[flip].flip(3)
    padded = F.pad(pictures, (6, 6, 6, 6), mode="replicate")
    down, right = random.randint(0, 12), random.randint(0, 12)
    return padded[:, :, down : down + SIZE, right : right + SIZE]


def predictions(network, pictures):
    network.eval()
    with torch.no_grad():
        return torch.cat([network(chunk.float() / 255).argmax(1) for chunk in pictures.split(100)])


def train(network, pictures, scenes, epochs):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, nesterov=True)
    steps = len(pictures) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.12, total_steps=steps * epochs, pct_start=0.2)
    start = time.time()
    for epoch in range(epochs):
        network.train()
        order = torch.randperm(len(pictures))
        total, right = 0.0, 0
        for step in range(steps):
            chosen = order[step * BATCH : (step + 1) * BATCH]
            features = network.features(augmented(pictures[chosen]))
            scores = network.scores(features)
            loss = F.cross_entropy(scores, scenes[chosen]) + SPARSITY * features.mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
            right += (scores.argmax(1) == scenes[chosen]).sum().item()
        seconds = time.time() - start
        print(f"epoch {epoch + 1}/{epochs}  loss {total / steps:.4f}  accuracy {right / steps / BATCH:.4f}  {seconds:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("heldout", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    names, pictures, scenes = load(options.train)
    held_names, held_pictures, held_scenes = load(options.heldout)
    network = SceneNetwork(len(names["scenes"]))
    parameters = sum(p.numel() for p in network.parameters())
    print(f"{parameters} parameters, {len(pictures)} pictures", flush=True)
    start = time.time()
    train(network, pictures, scenes, options.epochs)
    seconds = round(time.time() - start)

    guessed = predictions(network, held_pictures)
    accuracy = (guessed == held_scenes).float().mean().item()
    by_scene = {
        name: round((guessed[held_scenes == i] == i).float().mean().item(), 4) for i, name in enumerate(names["scenes"])
    }
    print(f"held-out accuracy {accuracy:.4f}", json.dumps(by_scene))

    model = options.out / "model.onnx"
    export_onnx(network, model, names["scenes"], {"seed": str(options.seed), "script": "scripts/scenes/train.py"})
    provenance = {
        "what": "A small residual network that names the scene of a drawn picture, trained for Formulens.",
        "synthetic": "All pictures, for training, testing and probing, are drawn by the seeded generator in src/probing/scenes. "
        "None is a photograph. The training data contain planted shortcuts: src/probing/scenes/shortcuts.ts.",
        "license": "MIT, as the rest of the project",
        "made_by": "scripts/scenes/make.sh",
        "generator_version": names["generatorVersion"],
        "training": {
            "pictures": len(pictures),
            "picture_seed": names["seed"],
            "labels": "scene names only",
            "network_seed": options.seed,
            "epochs": options.epochs,
            "batch": BATCH,
            "torch": torch.__version__,
            "threads": options.threads,
            "seconds": seconds,
        },
        "held_out": {
            "pictures": len(held_pictures),
            "picture_seed": held_names["seed"],
            "accuracy": round(accuracy, 4),
            "accuracy_by_scene": by_scene,
        },
        "model": {
            "file": "model.onnx",
            "bytes": model.stat().st_size,
            "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
            "parameters": parameters,
            "input": "input, float32 [n, 3, 112, 112], red green blue, 0 to 1",
            "probed": "layer4/relu, [n, 128, 14, 14]",
            "output": "scores, [n, 12], in the order of classes",
            "classes": names["scenes"],
        },
    }
    (options.out / "provenance.json").write_text(json.dumps(provenance, indent=2) + "\n")


if __name__ == "__main__":
    main()
