"""What a finished study says: effects, regression, survival, sensitivity, surfaces, bands.

Everything here takes a `Study`, which is opened from a results folder or made from a design and its outcomes, so that
the same estimators serve a sweep of the model and a plain function with known answers.
"""

from sim.analysis.study.study import Factor, Study

__all__ = ["Factor", "Study"]
