# Stands in for linecache until the engine has regular expressions.
def getline(filename, lineno, module_globals=None):
    with open(filename) as f: lines = f.read().split('\n')
    return lines[lineno - 1] + '\n'
