"""Numbers: integers of any size, floats to the last bit, decimals, fractions, statistics, dates and seeded randomness."""
import bisect, calendar, cmath, colorsys, datetime, decimal, fractions, math, random, statistics, struct, sys

def bits(value):
    return struct.pack(">d", value).hex()

print("# int")
big = 3**2000 - 2**1999
print(big % 10**40, big.bit_length(), hex(big)[:60], pow(7, big, 10**30 + 57), math.isqrt(big) % 10**20, len(str(big**4)))
for a, b in ((7, 2), (-7, 2), (7, -2), (-7, -2), (10**30, -7), (-(2**63), -1), (2**64, 2**32)):
    print(a, b, a // b, a % b, divmod(a, b), a << 3, a >> 2, a & b, a | b, a ^ b, ~a, math.gcd(a, b))
print(int("zz", 36), int("-0b1011", 0), (12345).to_bytes(4, "little", signed=True), int.from_bytes(b"\xff\xfe", "big", signed=True))

print("# float")
values = [0.0, -0.0, 0.1, 1 / 3, 5e-324, sys.float_info.max, 1e16, 123456789.987654321, float("inf"), float("nan"), -1.5, 2.5, 1e-5, 1e22]
for value in values:
    print(repr(value), f"{value:.3f} {value:e} {value:g} {value:+.17g} {value:10.2%} {value!r:>25} {value:,.2f}", value.hex(), bits(value))
for value in values:
    if math.isfinite(value):
        print(round(value, 2), value.as_integer_ratio()[1], math.frexp(value), math.modf(value), math.floor(value) % 1000, math.ceil(value) % 1000, round(value) % 1000)
one = [math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.sinh, math.cosh, math.tanh, math.asinh, math.atanh, math.exp,
       math.expm1, math.log1p, math.sqrt, math.cbrt, math.erf, math.erfc, math.gamma, math.lgamma, math.degrees, math.radians, math.exp2, math.ulp]
for function in one:
    print(function.__name__, *(bits(function(x)) for x in (0.5, -0.25, 0.99, 0.1)) if function not in (math.sqrt,) else (bits(function(2.0)),))
print([bits(x) for x in (math.log(10, 3), math.log2(10), math.log10(2), math.atan2(-1, 2), math.hypot(3, 4, 5), math.pow(1.1, 100.5),
                         math.fmod(-7.5, 2), math.remainder(7.5, 2), math.copysign(1, -0.0), math.nextafter(1, 2), math.dist((1, 2), (3, 5)), math.fsum([0.1] * 10))])
print(math.comb(100, 50), math.perm(20, 7), math.factorial(60), math.prod(range(1, 15)), cmath.sqrt(-2), cmath.exp(1 + 2j), (1 + 2j) ** (0.5 - 1j))
for operation in (lambda: 1 / 0, lambda: math.sqrt(-1), lambda: math.exp(1000), lambda: int(float("inf")), lambda: 2.0**5000, lambda: int("x1")):
    try:
        print(operation())
    except Exception as e:
        print(type(e).__name__, e)

print("# decimal, fractions, statistics")
with decimal.localcontext() as context:
    context.prec = 120
    print(decimal.Decimal(2).sqrt(), decimal.Decimal(1).exp(), decimal.Decimal(10).ln())
for rounding in (decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_UP, decimal.ROUND_DOWN, decimal.ROUND_CEILING, decimal.ROUND_05UP):
    print(rounding, [str(decimal.Decimal(x).quantize(decimal.Decimal("0.1"), rounding)) for x in ("0.25", "-0.35", "2.05", "-7.01")])
print(sum((fractions.Fraction(1, n) for n in range(1, 60)), fractions.Fraction()), fractions.Fraction(math.pi).limit_denominator(1000))
sample = [math.sin(i) * i for i in range(500)]
print(statistics.mean(sample), statistics.median(sample), statistics.stdev(sample), statistics.quantiles(sample, n=7), statistics.linear_regression(range(500), sample))
print(statistics.NormalDist(3, 2).inv_cdf(0.9), statistics.correlation(sample, sample[::-1]), colorsys.rgb_to_hls(0.2, 0.4, 0.7))

print("# random")
chance = random.Random(20240229)
print([chance.random() for _ in range(5)], chance.getrandbits(200), chance.sample(range(1000), 8), chance.gauss(0, 1), chance.betavariate(2, 3))
deck = list(range(52))
chance.shuffle(deck)
print(deck, chance.choices("abc", [1, 5, 2], k=12), bisect.bisect(sorted(deck), 20))

print("# datetime, calendar")
moment = datetime.datetime(2024, 2, 29, 23, 59, 58, 123456, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
print(moment.isoformat(), moment.astimezone(datetime.timezone.utc), moment + datetime.timedelta(days=366, seconds=1.5), moment.timestamp())
print(moment.strftime("%a %d %b %Y %H:%M:%S %j %U %%"), datetime.datetime.strptime("03/04/2021 05:06", "%d/%m/%Y %H:%M"), moment.isocalendar())
print(datetime.date.fromordinal(700000), datetime.date(2000, 1, 1) - datetime.date(1900, 3, 1), datetime.timedelta(days=-1, hours=3) / 7)
print(calendar.TextCalendar().formatmonth(2023, 10), calendar.isleap(2100), calendar.timegm((2020, 1, 1, 0, 0, 0)))

print("# loops")
def primes(limit):
    sieve = bytearray([1]) * (limit + 1)
    for n in range(2, math.isqrt(limit) + 1):
        if sieve[n]:
            sieve[n * n::n] = bytes(len(range(n * n, limit + 1, n)))
    return [n for n in range(2, limit + 1) if sieve[n]]
print(len(primes(300_000)), primes(100))
def mandelbrot(size):
    for y in range(size):
        yield "".join(" .:-=+*#%@"[next((n for n, z in enumerate(iterate(complex(x / size * 3 - 2, y / size * 2 - 1))) if abs(z) > 2), 9)] for x in range(size * 2))
def iterate(c):
    z = 0
    for _ in range(9):
        z = z * z + c
        yield z
print("\n".join(mandelbrot(24)))
