"""What happens in a week: one file, one function, one idea."""
