"""Figures of studies: effects, indices, surfaces, survival and bands."""
