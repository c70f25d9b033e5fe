// Programs whose every name and text is hostile to whoever shows it: terminals, markup, spreadsheets.
import { Rng } from '../random/rng.mjs';

/** What must never reach a terminal, a page or a spreadsheet as it is. */
const PIECES = [
  '\x1b[31mred', // colour
  '\x1b[2J\x1b[H', // clears the screen
  '\x1b]0;title\x07', // the window's title
  '\x1b]8;;http://example.com\x1b\\link', // a link
  '\x9b31m', // the same as ESC [ in one character
  '\x90q\x9c',
  '\r\x1b[K',
  'a\rb',
  'a\nb',
  'a\tb',
  '\x00',
  '\x08\x08\x08',
  '\x7f',
  '\x85',
  '\u202eevil\u202c', // turns the direction of writing around
  '\u2066\u2067x\u2069',
  '\u200f',
  '\u061c',
  '\u200b\u2060',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffe\uffff',
  '\ud800', // half of a pair
  'x\udc80y',
  '\u{e0001}\u{e0041}', // tags
  '<script>alert(1)</script>',
  '<b>bold</b>',
  ']]>',
  '--><!--',
  '&lt;&amp;&#27;',
  '"onload="alert(1)',
  "'onload='alert(1)",
  '</text></svg>',
  '=1+1',
  '+1',
  '-1+cmd|x',
  '@SUM(A1)',
  '"; label="x',
  'x\nSPOOFED line', // a line that is none of ours
  '`tick`',
  '\\x1b',
];
/** Names that Python's own grammar takes. */
const IDENTIFIERS = ['שלום', 'مرحبا', 'ª', '変数', 'é', 'x'.repeat(3000)];

class Texts {
  constructor(seed) {
    this.rng = new Rng(seed);
  }
  /** One to three pieces, sometimes very long. */
  text(without = /(?!)/) {
    const fit = PIECES.filter((p) => !without.test(p));
    const parts = Array.from({ length: 1 + this.rng.below(3) }, () => this.rng.pick(fit));
    if (this.rng.below(6) === 0) parts.push('long'.repeat(1000));
    return parts.join('');
  }
  /** As a literal of Python that holds no such character itself. */
  literal(without) {
    return literalOf(this.text(without));
  }
}

function literalOf(text) {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i);
    if (code > 0xffff) i++;
    const plain = code >= 32 && code < 127 && code !== 39 && code !== 92;
    out += plain ? String.fromCodePoint(code) : `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `'${out}'`;
}

/** `ending`: how the program ends. All of its names that a verb is asked about are plain. */
export function hostileProgram(seed, ending = 'normal') {
  const t = new Texts(seed);
  const any = () => t.literal();
  /** What a C string takes. */
  const cstring = () => t.literal(/[\0\ud800-\udfff]/);
  const printed = () => t.literal(/[\ud800-\udfff]/);
  const name = t.rng.pick(IDENTIFIERS);
  const comment = t.text(/[\0\n\r\ud800-\udfff\x85\u2028\u2029]/);
  return `import gc, sys, types, weakref
# ${comment}
class Plain:
    pass
Evil = type(${cstring()}, (), {'__doc__': ${any()}})
Slotted = type('Slotted', (), {'__slots__': ('a',), '__qualname__': ${any()}, '__module__': ${any()}})
target = [1, ${any()}]
evil = Evil()
plain = Plain()
setattr(plain, ${any()}, target)
setattr(evil, ${any()}, [target])
setattr(Evil, ${any()}, {1: target})
keys = {${any()}: target, (${any()}, 1): [target], b'\\x1b[31m': ${any()}, ${any()}: evil}
members = {${any()}, ${any()}, frozenset([${any()}])}
globals()[${any()}] = [target]
${name} = [target]
module = types.ModuleType(${any()}, ${any()})
setattr(module, ${any()}, target)
sys.modules[${any()}] = module
def work(n):
    ${name} = [n, target]
    text = ${any()}
    raw = '${t.text(/[\0\n\r\ud800-\udfff\\']/)}'  # ${comment}
    def inner():
        return ${name}, text
    inner.__doc__ = ${any()}
    inner.__qualname__ = ${any()}
    inner.__name__ = ${any()}
    inner.attribute = target
    return inner
code = work.__code__.replace(co_name=${any()}, co_qualname=${any()}, co_filename=${any()})
other = types.FunctionType(code, globals(), ${any()})
left = []
for n in range(12):
    left.append((work(n), other(n), {${any()}: n + 1000}))
def cycle():
    a = Evil(); b = Evil(); e = ValueError(${any()})
    setattr(a, ${any()}, b); b.a = a
    c = {}
    c[${any()}] = c
    e.self = e
    return None
cycle()
cycle()
gc.collect()
cycle()
try:
    raise type(${cstring()}, (Exception,), {})(${any()})
except Exception as e:
    failure = e
sys.stdout.write(${printed()})
print(${printed()})
exec(compile('total = 1\\ntotal += 1\\n', ${cstring()}, 'exec'))
died = [1]
del died
again = [2]
${ending === 'raises' ? `raise type(${cstring()}, (Exception,), {})(${any()})` : ''}
`;
}
