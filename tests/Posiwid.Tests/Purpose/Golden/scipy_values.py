"""Golden values of SciPy: python3 scipy_values.py writes scipy.json beside it. Made with SciPy 1.10.1."""
import json

import numpy as np
from scipy import stats
from scipy.optimize import brentq, minimize
from scipy.spatial.distance import jensenshannon

# two distributions, and two rankings with and without ties
p, q = [0.5, 0.3, 0.2], [0.1, 0.2, 0.7]
plain = [1, 2, 3, 4, 5, 6, 7], [1, 3, 2, 5, 4, 7, 6]
ties = [1, 2, 2, 4, 5, 5, 7], [2, 1, 3, 3, 5, 6, 6]

# a ratio of means: Fieller's limits are where the t statistic of a - r b is the quantile, found by SciPy's root finder
a = np.array([1.2, 0.4, 2.2, 1.9, 0.8, 1.4])
b = np.array([3.1, 2.2, 5.2, 3.9, 4.4, 2.8])
ratio = a.mean() / b.mean()


def beyond(r):
    return abs(stats.ttest_1samp(a - r * b, 0).statistic) - stats.t.ppf(0.975, len(a) - 1)


# six decisions of three alternatives: the conditional logit by a general optimizer
recruit = [[9, 2, 1], [7, 5, 1], [8, 3, 2], [2, 6, 5], [6, 1, 3], [3, 4, 4]]
need = [[1, 5, 3], [2, 6, 1], [1, 4, 2], [5, 1, 6], [2, 2, 3], [1, 3, 6]]
chosen = [0, 1, 0, 2, 0, 1]


def minus_log_likelihood(w):
    total = 0.0
    for x, y, c in zip(recruit, need, chosen):
        u = w[0] * np.array(x) + w[1] * np.array(y)
        total += np.log(np.exp(u - u[c]).sum())
    return total


fit = minimize(minus_log_likelihood, [0, 0], method="BFGS", options={"gtol": 1e-10})

json.dump({
    "jsd": {"p": p, "q": q, "bits": float(jensenshannon(p, q, base=2) ** 2)},
    "tau": {"plain": float(stats.kendalltau(*plain).statistic), "plain_p": float(stats.kendalltau(*plain, method="exact").pvalue), "ties": float(stats.kendalltau(*ties).statistic)},
    "fieller": {"a": a.tolist(), "b": b.tolist(), "ratio": ratio, "low": brentq(beyond, -5, ratio), "high": brentq(beyond, ratio, 5)},
    "wilson": [[k, n, *(float(x) for x in stats.binomtest(k, n).proportion_ci(method="wilson"))] for k, n in [(0, 10), (3, 10), (10, 10), (47, 843)]],
    "poisson": [[k, float(stats.chi2.ppf(0.025, 2 * k) / 2) if k else 0.0, float(stats.chi2.ppf(0.975, 2 * k + 2) / 2)] for k in (0, 1, 7, 100)],
    "paired_t": {"differences": [3.0, -1.0, 4.0, 1.5, 2.0, 0.0], "p_above": float(stats.ttest_1samp([3.0, -1.0, 4.0, 1.5, 2.0, 0.0], 0, alternative="greater").pvalue)},
    "logit": {"weights": [round(float(w), 6) for w in fit.x], "log_likelihood": -float(fit.fun)},
}, open("scipy.json", "w"), indent=1)
