"""The network of the sample `entailment`: the sentence-pair network of Mu and Andreas (2020, section 4.2) at a smaller size."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

# Values of each direction's state, and units of the layer that is probed.
STATE = 64
UNITS = 256


class EntailmentNetwork(nn.Module):
    """Scores for entailment, neutral and contradiction, from word ids [n, tokens] and lengths [n] of premise and hypothesis."""

    def __init__(self, vectors):
        super().__init__()
        self.embed = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.lstm = nn.LSTM(vectors.shape[1], STATE, batch_first=True, bidirectional=True)
        self.norm = nn.BatchNorm1d(8 * STATE)
        self.dropout = nn.Dropout(0.1)
        self.to_units = nn.Linear(8 * STATE, UNITS)
        self.classify = nn.Linear(UNITS, 3)

    def encode(self, ids, lengths):
        """The last states of both directions, [n, 2 * STATE]."""
        words = self.dropout(self.embed(ids))
        packed = pack_padded_sequence(words, lengths, batch_first=True, enforce_sorted=False)
        _, (state, _) = self.lstm(packed)
        return torch.cat([state[0], state[1]], dim=1)

    def units(self, premise, premise_length, hypothesis, hypothesis_length):
        """Activations of the probed units, [n, UNITS]. A premise of several pairs is encoded once."""
        once, each = torch.unique(premise, dim=0, return_inverse=True)
        lengths = premise_length.new_zeros(len(once)).scatter(0, each, premise_length)
        p = self.encode(once, lengths)[each]
        h = self.encode(hypothesis, hypothesis_length)
        merged = self.norm(torch.cat([p, h, p - h, p * h], dim=1))
        return F.relu(self.to_units(self.dropout(merged)))

    def scores(self, units):
        return self.classify(self.dropout(units))

    def forward(self, *inputs):
        return self.scores(self.units(*inputs))
