"""`python -m bench.match.train`: make samtall/parties/matching/model.json anew, the same from the same seed.

Two forests are grown by scikit-learn: one says how well an entry fits, the other, beside the candidates of the same
query, how likely it is the one meant. More of a feature that speaks for a candidate never counts against it,
whatever the noise was like. What a score means is then measured on cases that no tree has seen.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

UNITS, CASES = 1_100_000, 40_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.match.train", description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--cases", type=int, default=CASES)
    options = parser.parse_args()
    from bench.match.setting_up import set_up

    set_up()
    _train(options.units, options.cases)


def _train(count: int, cases: int) -> None:
    from bench.match import measuring, noise, register
    from samtall.parties.matching import model
    from samtall.parties.matching.comparing import FEATURES
    from samtall.parties.matching.index import build
    from samtall.parties.matching.judging import CONTEXT, beside

    units = register.made(count)
    index = build(register.entries(units))
    _say(f"{len(index):,} names of {count:,} units")
    some = noise.Typist(units, seed=1).cases(cases)
    pairs = measuring.compared(index, some)
    truth = np.array([case.truth for case in some])
    right = (pairs.organisation == truth[pairs.query]).astype(int)
    _say(f"{len(right):,} pairs, {right.mean():.3f} right")
    third = pairs.query % 3
    signs = list(FEATURES.values())
    ranking = _grown(pairs.features[third == 0], right[third == 0], signs, trees=80, leaves=16)
    plain: dict[str, Any] = {"features": list(FEATURES), "context": list(CONTEXT), "ranking": _plain(ranking)}
    judged = beside(pairs, model.Forest.of(plain["ranking"]).score(pairs.features))
    third = judged.pairs.query % 3
    right = (judged.pairs.organisation == truth[judged.pairs.query]).astype(int)
    trust = _grown(judged.features[third == 1], right[third == 1], [*signs, *CONTEXT.values()], trees=120, leaves=16)
    plain["trust"] = _plain(trust)
    score = model.Forest.of(plain["trust"]).score(judged.features)
    plain |= _calibrated(score[third == 2], right[third == 2])
    best = measuring.rank(judged, score, cases)
    last = [number for number in range(cases) if number % 3 == 2]
    likely = np.interp(best.probability[last], plain["calibration"]["score"], plain["calibration"]["probability"])
    hit = np.array([best.units[number][:1] == [truth[number]] for number in last])
    plain["certain"] = round(max(measuring.threshold(0.993, likely, hit), 0.95), 4)
    plain["doubt"] = 0.05
    model.FILE.write_text(json.dumps(plain, separators=(",", ":")).replace("},{", "},\n{") + "\n", encoding="utf-8")
    _say(f"certain from {plain['certain']}")


def _grown(features: Any, right: Any, signs: Sequence[int], trees: int, leaves: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    forest = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=leaves, learning_rate=0.12, min_samples_leaf=40, l2_regularization=1.0,
        monotonic_cst=list(signs), early_stopping=False, random_state=1,
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
