# Stands in for pickle until the engine has it: tracemalloc only wants its name.
HIGHEST_PROTOCOL = 5
