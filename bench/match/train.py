"""`python -m bench.match.train`: make samtall/parties/matching/model.json anew, the same from the same seed.

Two forests are grown by scikit-learn: one says how well an entry fits, the other, beside the candidates of the same
query, how likely it is the one meant. More of a feature that speaks for a candidate never counts against it,
whatever the noise was like. What a score means is then measured on cases that no tree has seen.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

UNITS, CASES = 700_000, 36_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.match.train", description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--extracts", type=Path, nargs="*", default=[], help="the register's CSV, for real names")
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads that wait for each other are slow on a busy machine
    from bench.match.setting_up import set_up

    set_up()
    _train(options.units, options.cases, options.extracts)


def _train(count: int, cases: int, extracts: Sequence[Path]) -> None:
    from bench.match import measuring, noise, real, register
    from samtall.parties.matching import model
    from samtall.parties.matching.comparing import FEATURES
    from samtall.parties.matching.index import build
    from samtall.parties.matching.judging import CONTEXT, beside

    units = register.made(count)
    names = real.read(extracts, first_key=count + 1)
    index = build(register.entries(units + names.known))
    _say(f"{len(index):,} names of {count:,} units")
    some = noise.Typist(units, seed=1).cases(cases)
    if extracts:
        some += noise.Typist(names.known, seed=1, strangers=names.strangers).cases(cases // 4)
    pairs = measuring.compared(index, some)
    truth = np.array([case.truth for case in some])
    right = (pairs.organisation == truth[pairs.query]).astype(int)
    _say(f"{len(right):,} pairs, {right.mean():.3f} right")
    quarter = pairs.query % 4
    signs = list(FEATURES.values())
    ranking = _grown(pairs.features[quarter == 0], right[quarter == 0], signs, trees=60, depth=5)
    plain: dict[str, Any] = {"features": list(FEATURES), "context": list(CONTEXT), "ranking": _plain(ranking)}
    judged = beside(pairs, model.Forest.of(plain["ranking"]).score(pairs.features))
    quarter = judged.pairs.query % 4
    right = (judged.pairs.organisation == truth[judged.pairs.query]).astype(int)
    trust = _grown(judged.features[quarter == 1], right[quarter == 1], [*signs, *CONTEXT.values()], trees=90, depth=6)
    plain["trust"] = _plain(trust)
    score = model.Forest.of(plain["trust"]).score(judged.features)
    plain |= _calibrated(score[quarter >= 2], right[quarter >= 2])
    best = measuring.rank(judged, score, len(some))
    last = np.flatnonzero(np.arange(len(some)) % 4 >= 2)
    likely = np.interp(best.probability[last], plain["calibration"]["score"], plain["calibration"]["probability"])
    hit = np.array([best.units[number][:1] == [truth[number]] for number in last])
    parts = [part for part in (last < cases, last >= cases) if part.any()]
    plain["certain"] = round(max(_certain(likely[part], hit[part], truth[last[part]] == 0) for part in parts), 4)
    plain["doubt"] = 0.05
    model.FILE.write_text(json.dumps(plain, separators=(",", ":")).replace("},{", "},\n{") + "\n", encoding="utf-8")
    _say(f"certain from {plain['certain']}")


def _certain(likely: Any, hit: Any, nobody: Any) -> float:
    """From where on 993 in 1,000 are right, and of those who are nobody at most 6 in 1,000 are tied."""
    from bench.match import measuring

    right = measuring.threshold(0.993, likely, hit)
    strangers = np.sort(likely[nobody])[::-1]
    first_left_out = float(strangers[int(0.006 * len(strangers))])
    _say(f"99.3 % are right from {right:.4f}; 0.6 % of nobodies lie above {first_left_out:.4f}")
    return max(right, first_left_out + 0.0001)


def _grown(features: Any, right: Any, signs: Sequence[int], trees: int, depth: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    forest = HistGradientBoostingClassifier(
        max_iter=trees, max_depth=depth, max_leaf_nodes=None, learning_rate=0.12, min_samples_leaf=40,
        l2_regularization=1.0, monotonic_cst=list(signs), early_stopping=False, random_state=1,
    )  # fmt: skip
    return forest.fit(features, right)


def _plain(forest: Any) -> dict[str, Any]:
    """The trees as lists, in the shape of samtall.parties.matching.model."""
    trees, depth = [], 0
    for (predictor,) in forest._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        depth = max(depth, int(nodes["depth"].max()))
        trees.append({
            "feature": np.where(leaf, -1, nodes["feature_idx"]).tolist(),
            "threshold": [float(f"{value:.6g}") if not end else 0 for value, end in
                          zip(nodes["num_threshold"].tolist(), leaf, strict=True)],
            "left": nodes["left"].tolist(),
            "right": nodes["right"].tolist(),
            "value": [float(f"{value:.5g}") if end else 0 for value, end in
                      zip(nodes["value"].tolist(), leaf, strict=True)],
        })  # fmt: skip
    return {"base": float(forest._baseline_prediction.ravel()[0]), "depth": depth, "trees": trees}


def _calibrated(score: Any, right: Any) -> dict[str, Any]:
    """What share was right at each score: never falling, in at most 60 steps, never surer than what was seen."""
    from sklearn.isotonic import IsotonicRegression

    grid = np.quantile(score, np.linspace(0, 1, 400))
    grid = np.unique(np.concatenate([grid, np.linspace(score.min(), score.max(), 60)]))
    fitted = IsotonicRegression(y_min=0, y_max=0.999, out_of_bounds="clip").fit(score, right).predict(grid)
    keep = np.flatnonzero(np.append(True, (fitted[1:] != fitted[:-1])) | np.append(fitted[:-1] != fitted[1:], True))
    return {
        "calibration": {
            "score": [float(f"{value:.5g}") for value in grid[keep]],
            "probability": [float(f"{value:.5g}") for value in fitted[keep]],
        }
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
