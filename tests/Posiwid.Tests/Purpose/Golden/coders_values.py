"""Golden values of the agreement of coders: python3 coders_values.py writes coders.json beside it. By counting pairs, row by row, without any library.

reliability is data C of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": four observers, twelve units; the paper has a nominal alpha of .743.
"""
import json
from itertools import combinations

NONE = 0  # no value


def alpha(units):
    """One minus the share of unlike pairs within units over that of all pairs of values; a pair in a unit of m values counts 1 / (m - 1)."""
    units = [[v for v in u if v != NONE] for u in units]
    units = [u for u in units if len(u) > 1]
    values = [v for u in units for v in u]
    seen = sum(2 * sum(a != b for a, b in combinations(u, 2)) / (len(u) - 1) for u in units) / len(values)
    by_lot = sum(a != b for a, b in combinations(values, 2)) / (len(values) * (len(values) - 1) / 2)
    return 1 - seen / by_lot


def kappa(pairs):
    """Cohen (1960), from the pairs one by one."""
    n = len(pairs)
    alike = sum(a == b for a, b in pairs) / n
    by_lot = sum(a == b for a, _ in pairs for _, b in pairs) / n**2
    return (alike - by_lot) / (1 - by_lot)


reliability = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]
# eight kinds of activity: how many of each, and the end that either coder took it for
kinds = [[40, 1, 1], [25, 2, 2], [30, 3, 1], [12, 2, 3], [8, 4, 4], [60, 3, 3], [5, 1, 4], [20, 4, 4]]
rows = [[a, b] for n, a, b in kinds for _ in range(n)]
table = [[1, 1]] * 20 + [[1, 2]] * 5 + [[2, 1]] * 10 + [[2, 2]] * 15

json.dump({
    "reliability": {"observers": reliability, "alpha": alpha(list(zip(*reliability)))},
    "kinds": {"rows": kinds, "alpha": alpha(rows), "kappa": kappa(rows)},
    "table": {"alpha": alpha(table), "kappa": kappa(table)},
}, open("coders.json", "w"), indent=1)
