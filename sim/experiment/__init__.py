"""Experiments: designs, runs on all cores or a cluster, and the folders that hold them."""
