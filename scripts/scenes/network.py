"""The network of the sample `scenes`: a small residual network for pictures of 112 x 112."""

import torch.nn.functional as F
from torch import nn

# Width of each stage; the last one holds the units that are probed, on a grid of 14 x 14.
WIDTHS = (16, 32, 80, 128)


class Block(nn.Module):
    """Two 3 x 3 convolutions with a shortcut around them."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        inner = F.relu(self.norm1(self.conv1(x)))
        return F.relu(self.norm2(self.conv2(inner)) + self.shortcut(x))


class SceneNetwork(nn.Module):
    """Scores for each scene kind from pictures [n, 3, 112, 112] with values 0 to 1."""

    def __init__(self, classes):
        super().__init__()
        stem, second, third, last = WIDTHS
        self.stem = nn.Sequential(nn.Conv2d(3, stem, 3, 2, 1, bias=False), nn.BatchNorm2d(stem), nn.ReLU())
        self.layer2 = Block(stem, second, 2)
        self.layer3 = Block(second, third, 2)
        self.layer4 = Block(third, last, 1)
        self.classify = nn.Linear(last, classes)

    def features(self, x):
        """Activations of the probed units, [n, 128, 14, 14]."""
        return self.layer4(self.layer3(self.layer2(self.stem(x - 0.5))))

    def forward(self, x):
        return self.scores(self.features(x))

    def scores(self, features):
        """Class scores from the activations: the mean of each unit over the picture, then one linear layer."""
        return self.classify(F.adaptive_avg_pool2d(features, 1).flatten(1))
