"""The scenario: a file becomes frozen settings, or all of its errors at once."""
