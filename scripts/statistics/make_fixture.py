"""Writes what scipy and numpy make of some numbers, for the tests of src/engine/statistics.

    python3 scripts/statistics/make_fixture.py > test/engine/fixtures/statistics.json

Made with scipy 1.17.1 and numpy; the file names both versions. Numbers are drawn with a fixed seed and written in full.
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats

SHARES = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 1]


def quantiles(rng):
    for count in (1, 2, 3, 4, 9, 50):
        values = rng.normal(size=count)
        yield {"values": values.tolist(), "shares": SHARES, "quantiles": np.quantile(values, SHARES).tolist()}


def pairs(rng):
    """Numbers before and after: with and without ties and zeros, few and many, close and far apart.

    With `steps`, numbers are rounded to so many steps a unit: differences are exact, tie, and are 0 at times.
    """
    for count, shift, steps in (
        (2, 0.5, 0),
        (5, 0.1, 0),
        (8, 3.0, 0),
        (9, 0.05, 8),
        (13, 0.05, 32),
        (14, 0.05, 64),
        (30, 0.02, 64),
        (30, 0.02, 0),
        (50, 0.1, 0),
        (50, 0.1, 64),
        (51, 0.1, 0),
        (120, 0.03, 64),
        (512, 0.15, 0),
        (512, 0.6, 64),
    ):
        first = rng.uniform(size=count)
        second = first + rng.normal(shift, 0.2, size=count)
        if steps:
            first, second = np.round(first * steps) / steps, np.round(second * steps) / steps
        yield first, second


def tests(rng):
    for first, second in pairs(rng):
        signed = stats.wilcoxon(second, first)
        student = stats.ttest_rel(second, first)
        yield {
            "first": first.tolist(),
            "second": second.tolist(),
            "wilcoxon": {"statistic": float(signed.statistic), "p": float(signed.pvalue)},
            "pairedT": {"t": float(student.statistic), "df": int(student.df), "p": float(student.pvalue)},
        }


def correlations(rng):
    for count, slope, coarse in (
        (3, 1.0, False),
        (4, -1.0, True),
        (10, 0.0, False),
        (40, 0.5, True),
        (128, -0.6, False),
        (512, 0.31, False),
        (512, 3.0, True),
    ):
        x = rng.uniform(size=count)
        y = slope * x + rng.normal(0, 0.3, size=count)
        if coarse:
            x, y = np.round(x * 8) / 8, np.round(y * 8) / 8
        straight, ranked = stats.pearsonr(x, y), stats.spearmanr(x, y)
        yield {
            "x": x.tolist(),
            "y": y.tolist(),
            "pearson": {"r": float(straight.statistic), "p": float(straight.pvalue)},
            "spearman": {"r": float(ranked.statistic), "p": float(ranked.pvalue)},
        }


def shares():
    for hits, of in ((0, 1), (1, 1), (0, 20), (3, 20), (20, 20), (64, 128), (9999, 10000)):
        ends = stats.binomtest(hits, of).proportion_ci(confidence_level=0.95, method="wilson")
        yield {"hits": hits, "of": of, "low": float(ends.low), "high": float(ends.high)}


def tails():
    for z in (0, 0.1, 1, 1.96, 2.999, 3, 3.5, 8, 19.5, 37):
        yield {"value": z, "df": None, "p": float(2 * stats.norm.sf(z))}
    for df in (1, 2, 7, 100, 2047):
        for t in (0, 0.01, 1, 2.5, 30):
            yield {"value": t, "df": df, "p": float(2 * stats.t.sf(t, df))}


def turned():
    for one, other in ((0, 1), (1, 1), (0, 6), (3, 9), (9, 3), (12, 31), (40, 40), (250, 310), (2, 900), (4000, 4300), (0, 1000)):
        yield {"one": one, "other": other, "p": float(stats.binomtest(one, one + other, 0.5).pvalue)}


def main():
    rng = np.random.default_rng(20261123)
    made = f"scripts/statistics/make_fixture.py, scipy {scipy.__version__}, numpy {np.__version__}"
    json.dump(
        {
            "made": made,
            "quantiles": list(quantiles(rng)),
            "tests": list(tests(rng)),
            "correlations": list(correlations(rng)),
            "shares": list(shares()),
            "tails": list(tails()),
            "turned": list(turned()),
        },
        sys.stdout,
    )
    sys.stdout.write("\n")


main()
