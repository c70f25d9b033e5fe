"""Run inside gdb: print, as JSON, the layout of each struct named in MOULT_STRUCTS, and the static strings of _PyRuntime."""
import gdb
import json
import os

names = os.environ['MOULT_STRUCTS'].split()
OPAQUE = ('pthread_', '_Atomic', 'PyMutex', '__')
# Nested structs that are given as one offset only: they have a record of their own, or are of no use to a reader.
WHOLE = {
    'PyThreadState', 'PyInterpreterState', '_is', '_ts', '_PyThreadStateImpl', 'PyConfig', 'PyPreConfig', 'PyTypeObject',
    '_typeobject', 'PyHeapTypeObject', 'PyBytesObject', 'PyTupleObject', 'PyLongObject', '_longobject',
    '_PyInterpreterFrame', 'PyHamtObject', 'PyGC_Head', 'Py_buffer', 'PyNumberMethods', 'PySequenceMethods',
    'PyMappingMethods', 'PyAsyncMethods', 'PyBufferProcs', '_PyRuntimeState', 'pyruntimestate', 'PyBaseExceptionObject',
}
TRANSPARENT = {'ob_base', '_base', '_object_head', 'long_value'}


def resolve(name):
    if name.startswith('struct ') or name.startswith('union '):
        return gdb.lookup_type(name)
    try:
        return gdb.lookup_type(name)
    except gdb.error:
        return gdb.lookup_type('struct ' + name)


def label(t):
    s = t.unqualified()
    return s.name or str(s).split('{')[0].strip()


def flatten(t, base, prefix, out, arrays, whole_ok=True):
    t = t.strip_typedefs()
    for f in t.fields():
        if not hasattr(f, 'bitpos') or f.name == 'ob_refcnt_split':
            continue
        ft = f.type
        st = ft.strip_typedefs()
        off = base + f.bitpos // 8
        anonymous = not f.name
        name = prefix + (f.name or '')
        is_struct = st.code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION)
        if anonymous:
            flatten(ft, off, prefix, out, arrays)
            continue
        if f.bitsize:
            # The unit that holds the field, as the little-endian 32-bit word at a 4-byte offset.
            word = (base * 8 + f.bitpos) // 32 * 4
            out.append({'name': name, 'offset': word, 'size': 4, 'bits': [base * 8 + f.bitpos - word * 8, f.bitsize],
                        'type': str(ft)})
            continue
        if is_struct and f.name in TRANSPARENT:
            flatten(ft, off, prefix, out, arrays)
            continue
        entry = {'name': name, 'offset': off, 'size': ft.sizeof, 'type': str(ft).split('{')[0].strip()}
        if st.code == gdb.TYPE_CODE_ARRAY:
            low, high = st.range()
            element = st.target()
            entry['stride'] = element.sizeof
            entry['count'] = high - low + 1
        out.append(entry)
        if is_struct:
            n = label(ft)
            if n in WHOLE or n.startswith(OPAQUE) or (n.startswith('struct ') and n[7:] in WHOLE):
                continue
            if prefix + f.name in SKIP:
                continue
            entry['group'] = True
            flatten(ft, off, name + '_', out, arrays)


result = {'structs': {}, 'missing': []}
SKIP = {'static_objects_singletons_strings', 'static_objects_singletons_interp_strings'}
for name in names:
    try:
        t = resolve(name)
        out = []
        flatten(t, 0, '', out, None)
        result['structs'][name] = {'size': t.strip_typedefs().sizeof, 'fields': out,
                                   'union': t.strip_typedefs().code == gdb.TYPE_CODE_UNION}
    except gdb.error as e:
        result['missing'].append([name, str(e)])

runtime = gdb.lookup_type('_PyRuntimeState').strip_typedefs()


def field(t, name):
    for f in t.strip_typedefs().fields():
        if f.name == name:
            return f
    raise KeyError(name)


def path(t, *parts):
    off = 0
    for p in parts:
        f = field(t, p)
        off += f.bitpos // 8
        t = f.type
    return t, off


def text(address, size):
    raw = gdb.selected_inferior().read_memory(address, size).tobytes()
    return raw.split(b'\0')[0].decode('latin1')


strings_type, strings_off = path(runtime, 'static_objects', 'singletons', 'strings')
base = int(gdb.parse_and_eval('(unsigned long)&_PyRuntime'))
result['identifiers'] = []
result['literals'] = []
for group, into in (('identifiers', 'identifiers'), ('literals', 'literals')):
    gt, goff = path(strings_type, group)
    for f in gt.strip_typedefs().fields():
        off = strings_off + goff + f.bitpos // 8
        data = field(f.type, '_data')
        size = data.type.sizeof
        head = data.bitpos // 8
        value = text(base + off + head, size)
        result[into].append([f.name, off, value])
for group in ('ascii', 'latin1'):
    gt, goff = path(strings_type, group)
    result[group] = {'offset': strings_off + goff, 'stride': gt.strip_typedefs().target().sizeof,
                     'count': gt.strip_typedefs().range()[1] + 1}
result['hex'] = int(gdb.parse_and_eval('*(unsigned long *)&Py_Version'))
print('MOULT-JSON ' + json.dumps(result))
