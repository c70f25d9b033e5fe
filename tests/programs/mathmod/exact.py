# math: functions with exact or correctly rounded answers; integers; special values; errors.
import math
inf, nan = math.inf, math.nan
print(math.pi, math.e, math.tau, inf, nan, math.sqrt(2), math.sqrt(16), math.isqrt(10**40 + 1), math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.9), math.fabs(-3), math.factorial(25), math.gcd(48, 36, 120), math.lcm(4, 6, 10), math.gcd(), math.lcm(), math.comb(50, 25), math.perm(10, 3), math.perm(5), math.prod([1, 2, 3, 4]), math.prod([]), math.prod([2, 0.5], start=10))
print(math.fsum([0.1] * 10), math.fsum([1e100, 1, -1e100]), math.copysign(3, -0.0), math.frexp(8.5), math.ldexp(0.53125, 4), math.modf(3.75), math.modf(-3.75), math.fmod(-7, 3), math.remainder(7, 4), math.remainder(-7.5, 2), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9), math.isnan(nan), math.isinf(-inf), math.isfinite(5), math.hypot(3, 4), math.hypot(), math.hypot(1, 2, 2), math.dist([0, 0], [3, 4]), math.degrees(math.pi), math.radians(180))
print(math.nextafter(1, 2), math.nextafter(0, 1), math.nextafter(1, 2, steps=3), math.ulp(1), math.ulp(0), math.ulp(1e300), math.fma(2, 3, 4), math.exp2(10), math.log2(8), math.log2(2**100), math.log10(1000), math.log(1), math.log(8, 2), math.exp(0), math.sin(0), math.cos(0), math.tan(0), math.atan2(0, -1), math.pow(2, 10), math.log1p(0), math.expm1(0), math.sinh(0), math.gamma(5), math.lgamma(1), math.erf(0), math.sumprod([1, 2], [3, 4]))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.isqrt(-1), lambda: math.isqrt(2.0), lambda: math.floor(inf), lambda: math.ceil(nan), lambda: math.comb(-1, 2), lambda: math.perm(2, -1), lambda: math.gcd(1.5), lambda: math.exp(1000), lambda: math.pow(0, -1), lambda: math.pow(-1, 0.5), lambda: math.acos(2), lambda: math.fmod(1, 0), lambda: math.fmod(inf, 1), lambda: math.ldexp(1, 10000), lambda: math.sqrt('a'), lambda: math.sqrt(), lambda: math.dist([1], [1, 2]), lambda: math.gamma(0), lambda: math.atanh(1), lambda: math.log(10, 1), lambda: math.isclose(1, 2, rel_tol=-1), lambda: math.sumprod([1], [1, 2]), lambda: math.nextafter(1, 2, steps=-1), lambda: math.sin(inf), lambda: math.trunc('a'), lambda: math.hypot('a'), lambda: math.log(10**400) > 0, lambda: math.sqrt(10**400)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(math.floor(10**30), math.ceil(True), math.floor(-0.0), math.copysign(1, nan) in (1, -1), math.modf(inf), math.frexp(0), math.frexp(inf), math.sqrt(0.0), math.sqrt(-0.0), math.sqrt(inf), math.atan(inf), math.pow(nan, 0), math.pow(1, nan), math.hypot(inf, nan), math.log(10**100) == 100 * math.log(10), math.fsum([]), math.log2(1 << 5000), math.log10(10**50))
class F:
    def __floor__(self): return 'floor'
    def __ceil__(self): return 'ceil'
    def __trunc__(self): return 'trunc'
    def __float__(self): return 4.0
    def __index__(self): return 6
print(math.floor(F()), math.ceil(F()), math.trunc(F()), math.sqrt(F()), math.gcd(F(), 4), math.factorial(F()))
