# try, except, else, finally, nested; which clause runs, values of return in finally, exception variables.
# portable
def f(x):
    out = []
    try:
        out.append('try')
        if x == 1: raise ValueError('v')
        if x == 2: raise KeyError('k')
        if x == 3: raise OSError('o')
        if x == 4: return out
        if x == 5: 1 / 0
    except ValueError as e:
        out.append(f'value {e}')
    except (KeyError, IndexError) as e:
        out.append(f'lookup {e!r}')
    except OSError:
        out.append('os')
        return out
    except ArithmeticError:
        out.append('arith')
    else:
        out.append('else')
    finally:
        out.append('finally')
    out.append('after')
    return out
for i in range(6): print(i, f(i))
def g():
    try:
        return 'try'
    finally:
        return 'finally wins'
def h():
    for i in range(3):
        try:
            continue
        finally:
            print('finally', i)
    while True:
        try:
            break
        finally:
            print('break finally')
    return 'h'
def i():
    try:
        raise ValueError
    finally:
        return 'swallowed'
def j():
    x = 1
    try:
        return x
    finally:
        x = 2
print(g(), h(), i(), j())  # expect: finally wins h swallowed 1
def nested():
    try:
        try:
            raise ValueError('inner')
        except KeyError:
            print('no')
        finally:
            print('inner finally')
    except ValueError as e:
        print('outer got', e)
        try:
            raise
        except ValueError as e2:
            print(e2 is e)
    try:
        e
    except UnboundLocalError as u:
        print(u)
nested()
def rethrow():
    try:
        try:
            raise ValueError('a')
        except ValueError:
            raise
    except ValueError as e:
        return str(e), e.__context__
print(rethrow())  # expect: ('a', None)
import sys
def infos():
    r = [sys.exc_info()[0]]
    try:
        raise KeyError
    except KeyError:
        r.append(sys.exc_info()[0])
        try:
            raise ValueError
        except ValueError as v:
            r.append((sys.exc_info()[0], type(v.__context__), sys.exception() is v))
        r.append(sys.exc_info()[0])
    r.append(sys.exc_info()[0])
    return r
print(infos())
def gen():
    try:
        yield sys.exc_info()[0]
        raise TypeError('in gen')
    except TypeError:
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]
try:
    raise KeyError
except KeyError:
    print(list(gen()))
def order():
    def exc(n):
        print('eval', n)
        return (ValueError, KeyError)[n]
    try:
        raise KeyError
    except exc(0): print('0')
    except exc(1): print('1')
    except exc(5): print('never')
order()
def cleanup(n):
    try:
        if n: cleanup(n - 1)
        else: raise RuntimeError('bottom')
    finally:
        print('unwind', n)
try:
    cleanup(3)
except RuntimeError as e:
    print(e)
k = 0
while k < 5:
    k += 1
    try:
        if k == 2: continue
        if k == 4: break
    except Exception: pass
    else: print('else', k)
    finally: print('fin', k)
