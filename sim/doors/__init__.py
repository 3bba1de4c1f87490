"""What people touch. Every door shows the same numbers from the same engine."""
