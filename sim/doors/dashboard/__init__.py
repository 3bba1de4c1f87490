"""The browser: policy designers tune relief here and see what it does."""
