"""Records how CPython 3.13's compile() takes bytes: coding cookies, byte order marks, wrong bytes, line ends.

    python3.13 tools/source-decoding-oracle.py OUT.json
"""
import ast
import json
import sys
import warnings

CASES = [
    b"x='\xff'", b"\xef\xbb\xbfx=1", b"# coding: latin-1\nx='\xe9'", b"# coding: foo\nx=1",
    b"\xef\xbb\xbf# coding: latin-1\nx=1", b"#!/x\n# -*- coding: cp1252 -*-\nx='\x80'",
    b"x=1\n# coding: latin-1\ny='\xe9'", b"# coding: utf-8\nx='\xe9'", b"\n\n# coding: latin-1\nx='\xe9'",
    b"# coding=utf8\nx='\xc3\xa9'", b"# coding: ascii\nx='\xc3'", b"x='\xed\xa0\x80'", b"# coding: koi8-r\nx='\xc1'",
    b"# coding: iso-8859-15\nx='\xa4'", b"x=1\r\ny=2\rz=3", b"# coding: shift_jis\nx='\x83\x5c'",
    b"x='\xf0\x9f\x98\x80' y", b"'''\xff'''", b"x=1\n\ny='\xc3'", b"a\x00b", b"# vim: set fileencoding=latin-1 :\nx='\xe9'",
    b"# coding: Latin_1-foo\nx='\xe9'", b"\xef\xbb\xbf# coding: utf-8\nx=1", b"\xef\xbb\xbf# coding: utf8\nx=1",
    b"\x0c# coding: latin-1\nx='\xe9'", b"# coding: latin-1 \xe9\nx y", b"# coding: latin-1\nx='\xe9' y",
    b"# coding: gbk\nx='\xc4\xe3'", b"x = '\xc3\xa9\xff'", b"\xff", b"x\n\xff\n", b"# coding: utf-8\n\xff",
    b"x # \xff\ny z", b"x='\xff' y", b"b'\xff'", b"x = '\\n\xff'", b"a\xff", b"x=1\ny='\xff'\n", b"\n\n# \xff\nx",
    b"x = '\xc3\xa9' # coding: latin-1", b"\xc3\xa9 = 1", b"\xc2\xb2 = 1", b"x\xe2\x80\x8b", b"x = \xe2\x82\xac",
    b"if x:\r\n  y\r\n z", b"x = '''a\r\nb\rc'''", b"x = 'a\\\r\nb'", b"\r\n\r\nx y", b"x=1\r\n\ty", b"#\xc3\xa9\xff coding: latin-1\nx",
]


def main():
    warnings.simplefilter('ignore')
    if sys.version_info[:2] != (3, 13):
        sys.exit('this needs CPython 3.13')
    out = []
    for case in CASES:
        try:
            tree = ast.parse(case, '<case>')
            result = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        except SyntaxError as e:
            result = {'error': [type(e).__name__, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset]}
        out.append([case.hex(), result])
    with open(sys.argv[1], 'w') as f:
        f.write('[\n' + ',\n'.join(json.dumps(c) for c in out) + '\n]\n')


main()
