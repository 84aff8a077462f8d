"""Recognition: which calls, settings and addresses ask for scopes. What a library does is a row of data, never code."""
