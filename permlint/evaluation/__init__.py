"""Evaluation: folds programs to values where it can, and says *unknown, because ...* where it can't."""
