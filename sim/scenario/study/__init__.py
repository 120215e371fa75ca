"""What an experiment file may say: classes, checks, and the way from a file to them."""
