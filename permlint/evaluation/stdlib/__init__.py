"""What the functions and methods of languages' own libraries do to values; the tables of the languages name them."""
