"""Response surfaces: a smooth function of the factors through the outcomes, with its error."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import RBFInterpolator

from sim.analysis.intervals import generator
from sim.analysis.study.sensitivity import unit_cube
from sim.analysis.study.study import Arm, Study
from sim.core.errors import InputError

FOLDS = 10
SMOOTHING = (0.0, 1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0)
MOST_POINTS = 800  # the splines are dense systems, solved some hundred times in cross-validation


@dataclass(frozen=True)
class Surface:
    """A thin-plate spline through the means of rows.

    Parameters
    ----------
    points, values
        Design (rows, factors) in the unit cube, and outcome means (rows,).
    smoothing
        Chosen by cross-validation.
    error
        Root of the mean squared error at points left out of the fit, in units of the outcome.
    skill
        Share of the variance of points left out that the surface foretells; 0 or below is no better than the mean.
    """

    points: np.ndarray
    values: np.ndarray
    smoothing: float
    error: float
    skill: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return the surface at points (n, factors) of the unit cube."""
        return predict(self.points, self.values, self.smoothing, points)


def predict(x: np.ndarray, y: np.ndarray, smoothing: float, at: np.ndarray) -> np.ndarray:
    """Fit a thin-plate spline to points and return its values at others.

    The spline of the standardised outcome is computed by scipy's ``RBFInterpolator``.
    """
    size = y.std() or 1.0
    # Enough points for a plane; a constant otherwise.
    degree = 1 if len(x) > x.shape[1] + 1 and np.linalg.matrix_rank(x - x.mean(axis=0)) == x.shape[1] else 0
    kernel = "thin_plate_spline" if degree == 1 else "linear"
    spline = RBFInterpolator(x, (y - y.mean()) / size, smoothing=smoothing, kernel=kernel, degree=degree)
    return y.mean() + size * spline(at)


def fit_surface(study: Study, outcome: str, names: tuple[str, ...] = (), arm: Arm = "policy") -> Surface:
    """Fit a response surface to the row means of an outcome.

    Parameters
    ----------
    study : Study
    outcome : str
    names : tuple of str
        Factors; all where left out. The others are averaged over.
    arm : str

    Returns
    -------
    Surface
        Smoothed as foretells best in ten-fold cross-validation; its error is that of the cross-validation.

    Raises
    ------
    InputError
        If fewer than ten distinct points are known.

    References
    ----------
    Wahba, G. (1990). Spline Models for Observational Data, SIAM, doi:10.1137/1.9781611970128.
    """
    names = names or study.names
    chosen = [study.names.index(study.factor(name).name) for name in names]
    y = study.by_row(outcome, arm).to_numpy(dtype=np.float64)
    x = unit_cube(study)[:, chosen]
    known = ~np.isnan(y)
    x, place = np.unique(np.round(x[known], 12), axis=0, return_inverse=True)
    place = place.reshape(-1)
    y = np.bincount(place, weights=y[known]) / np.bincount(place)
    if len(x) < FOLDS:
        raise InputError(f"a surface needs {FOLDS} distinct points, found {len(x)}")
    order = generator().permutation(len(x))[:MOST_POINTS]
    x, y = x[order], y[order]
    if np.ptp(y) == 0.0:
        raise InputError("the outcome is the same at every point")
    tried = [(float(np.mean((left_out(x, y, smoothing) - y) ** 2)), smoothing) for smoothing in SMOOTHING]
    squared, smoothing = min(tried)
    return Surface(x, y, smoothing, float(np.sqrt(squared)), 1.0 - squared / float(y.var()))


def left_out(x: np.ndarray, y: np.ndarray, smoothing: float) -> np.ndarray:
    """Return what splines through nine tenths of the points say of the tenth left out, for each tenth."""
    out, fold = np.empty(len(y)), np.arange(len(y)) % FOLDS
    for number in range(FOLDS):
        inside = fold != number
        out[~inside] = predict(x[inside], y[inside], smoothing, x[~inside])
    return out
