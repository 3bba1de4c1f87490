"""What is said and how: wording in two languages, verdicts in words, tables."""
