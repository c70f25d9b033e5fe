"""Records what CPython 3.13's parser says to many programs, wrong ones above all: tree or error, place, warnings.

    python3.13 tools/syntax-error-oracle.py OUT.json [CASES.txt ...]

Cases: every string constant and doctest example of CPython's own tests of the parser, and the lines of the given
files (Python string literals, one a line). packages/compiler/test/syntax-errors.test.ts replays them.
"""
import ast
import doctest
import hashlib
import json
import os
import sys
import sysconfig
import warnings

TESTS = """test_syntax test_exceptions test_fstring test_eof test_string_literals test_grammar test_named_expressions
test_patma test_type_params test_except_star test_positional_only_arg test_unicode_identifiers test_pep646_syntax
test_type_aliases test_source_encoding test_unparse test_generators test_genexps test_setcomps test_listcomps
test_dictcomps test_flufl test_compile test_codeop test_coroutines test_global test_future_stmt/test_future
test_unpack_ex test_unpack test_keywordonlyarg test_tokenize test_with test_lambda test_int_literal test_exception_group
test_super test_traceback test_ast/test_ast""".split()
LIMIT = 200

sys.argv_saved = sys.argv
spec = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'ast-oracle.py')
with open(spec) as f:
    exec(f.read().rsplit('\nmain()', 1)[0])


def sources():
    base = os.path.join(sysconfig.get_paths()['stdlib'], 'test')
    parser = doctest.DocTestParser()
    for name in TESTS:
        path = os.path.join(base, name + '.py')
        if not os.path.exists(path):
            continue
        with open(path, 'rb') as f:
            tree = ast.parse(f.read())
        for n in ast.walk(tree):
            if isinstance(n, ast.Constant) and isinstance(n.value, str):
                if '>>>' in n.value:
                    try:
                        for example in parser.get_examples(n.value):
                            yield example.source
                    except ValueError:
                        pass
                yield n.value
    for path in sys.argv[2:]:
        with open(path, encoding='utf-8') as f:
            for line in f:
                if line.strip():
                    yield ast.literal_eval(line)


def answer(source, mode):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            text = dump(source, '<case>', mode)
            result = hashlib.sha256(text.encode()).hexdigest()[:12]
        except SyntaxError as e:
            result = [type(e).__name__, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset]
        except MemoryError as e:
            result = ['MemoryError', str(e)]
        except UnicodeDecodeError:
            # 3.13.0 forgets to make a SyntaxError of a bad escape in a format specifier.
            return None, None
    return result, [[str(w.message), w.lineno] for w in caught]


def record():
    sys.setrecursionlimit(100000)
    if sys.version_info[:2] != (3, 13):
        sys.exit('this needs CPython 3.13')
    seen = set()
    cases = []
    for source in sources():
        if len(source) > LIMIT or not source.strip():
            continue
        try:
            source.encode()
        except UnicodeEncodeError:
            continue
        for mode in 'exec', 'eval', 'single':
            if (source, mode) in seen:
                continue
            seen.add((source, mode))
            result, warned = answer(source, mode)
            if result is None:
                break
            # Right programs, and what only repeats the answer of the mode exec, say little.
            if mode == 'exec':
                first = result
            elif isinstance(result, str) or mode == 'eval' and len(source) > 60 or result == first:
                continue
            if mode == 'exec' or result[1:] != first[1:]:
                cases.append([source, mode, result, warned] if warned else [source, mode, result])
    with open(sys.argv[1], 'w') as f:
        f.write('[\n' + ',\n'.join(json.dumps(c) for c in cases) + '\n]\n')
    errors = sum(not isinstance(c[2], str) for c in cases)
    print(len(cases), 'cases,', errors, 'errors')


record()
