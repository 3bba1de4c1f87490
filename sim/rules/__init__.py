"""The rules: what happens to rows. Array functions that never import each other."""
