# Stands in for fnmatch until the engine has regular expressions: names with * at an end.
def fnmatch(name, pattern):
    if pattern.startswith('*'): return name.endswith(pattern[1:])
    if pattern.endswith('*'): return name.startswith(pattern[:-1])
    return name == pattern
