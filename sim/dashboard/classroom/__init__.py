"""A class: an instructor, groups with a world each, roles, shocks, and what is said afterwards."""
