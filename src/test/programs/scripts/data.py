"""Data formats, text, hashes and compression of the standard library."""
import array, base64, binascii, codecs, collections, configparser, copy, csv, difflib, enum, functools, hashlib, heapq
import hmac, html, io, itertools, json, operator, pickle, pprint, re, shlex, string, struct, sys, textwrap, types
import unicodedata, urllib.parse, zlib
from dataclasses import asdict, dataclass, field

data = sys.stdin.buffer.read()
text = data.decode()

print("# hashlib")
for name in sorted(hashlib.algorithms_guaranteed):
    digest = hashlib.new(name, data)
    print(name, digest.hexdigest(40) if name.startswith("shake") else digest.hexdigest())
print(hmac.new(b"key", data, "sha256").hexdigest())

print(hashlib.blake2b(data, digest_size=20, key=b"k", salt=b"s", person=b"p").hexdigest())

print("# zlib, binascii, base64")
for level in (0, 1, 6, 9):
    packed = zlib.compress(data * 20, level)
    print(level, len(packed), zlib.crc32(packed), zlib.adler32(packed), zlib.decompress(packed) == data * 20)
print(binascii.crc32(data), binascii.crc_hqx(data, 0), binascii.hexlify(data[:20], "-"))
for encode in (base64.b16encode, base64.b32encode, base64.b64encode, base64.b85encode, base64.a85encode):
    print(encode.__name__, encode(data[:33]))

print("# struct, array, pickle")
for layout, values in (("<bBhHiIqQ", (-1, 255, -2, 65534, -3, 2**32 - 3, -4, 2**64 - 4)), (">efd", (0.1, 0.1, 0.1)),
                       ("!5s?x2H", (b"abc", True, 1, 2)), ("@nN", (-1, 7))):
    packed = struct.pack(layout, *values)
    print(layout, packed.hex(), struct.unpack(layout, packed))
print(array.array("d", [i / 7 for i in range(10)]).tobytes().hex())
thing = {"a": [1, 2.5, None, True, 10**50], "b": {"c": (b"bytes", frozenset([3])), "d": complex(1, -2)}}
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    pickled = pickle.dumps(thing, protocol)
    print(protocol, len(pickled), hashlib.md5(pickled).hexdigest(), pickle.loads(pickled) == thing)

print("# json, csv, configparser, pprint")
value = {"list": [1, -2.5e-7, 1e300, True, None], "text": "tab\t\"quote\" \u00e9 \U0001f426", "nested": {str(i): i**3 for i in range(5)}}
print(json.dumps(value, sort_keys=True), json.dumps(value, indent=2, ensure_ascii=False))
print(json.loads(json.dumps(value)) == value)
for bad in ("{", "[1,]", '{"a" 1}', "nul", '"\\u12"'):
    try:
        json.loads(bad)
    except json.JSONDecodeError as e:
        print(e)
rows = io.StringIO()
csv.writer(rows, quoting=csv.QUOTE_NONNUMERIC).writerows([["a", 1, 2.5], ['q"x', "multi\nline", -1]])
print(repr(rows.getvalue()), list(csv.reader(io.StringIO(rows.getvalue()))))
config = configparser.ConfigParser()
config.read_string("[one]\nkey = %(base)s/x\nbase = /root\n[two]\nn = 4\n")
print(config["one"]["key"], config.getint("two", "n"), config.sections())
pprint.pprint({i: "x" * i for i in range(0, 40, 5)}, width=50)

print("# re, string, textwrap, difflib")
words = re.findall(r"\b[a-z]{4,}\b", text.lower())
print(collections.Counter(words).most_common(20))
print(re.sub(r"(?P<first>\w)(?P<rest>\w*)", lambda m: m["rest"] + m["first"] + "ay", text)[:300])
for pattern, subject in ((r"(a+)+$", "a" * 18 + "b"), (r"(?<=x)(\d+)(?!\d|y)", "x123y x45z"), (r"(?i)([^\W\d_]+)\1", "papa Mama \u00c9\u00e9"),
                         (r"^(?:(\w+)|(\d+)) (?(1)yes|no)$", "word yes")):
    found = re.search(pattern, subject)
    print(pattern, found and (found.span(), found.groups()))
print(textwrap.fill(" ".join(words), 60, initial_indent="* ", subsequent_indent="  ")[:400])
print(string.Template("$who likes ${what}").substitute(who="Ada", what="engines"), shlex.split("a 'b c' \"d e\" f\\ g"))
print("\n".join(difflib.unified_diff(text.split(), sorted(text.split()), lineterm="", n=0))[:600])
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.SequenceMatcher(None, text[:200], text[50:300]).ratio())

print("# unicode, codecs, html, urllib")
for character in "a\u00e9\u00df\u0130\u01c4\u4e2d\U0001f426\u0661\u00bd":
    print(ascii(character), unicodedata.name(character), unicodedata.category(character), unicodedata.bidirectional(character),
          ascii(unicodedata.normalize("NFKD", character)), ascii(character.upper()), ascii(character.casefold()), unicodedata.numeric(character, None))
for codec in ("utf-8", "utf-16", "utf-32-be", "latin-1", "cp1252", "shift_jis", "gb18030", "euc_kr", "utf-7", "punycode", "idna"):
    try:
        print(codec, "caf\u00e9 \u4e2d".encode(codec).hex())
    except UnicodeError as e:
        print(codec, e)
print(codecs.encode("rot13 text", "rot13"), b"\xff\xfeok\xc3".decode("utf-8", "backslashreplace"))
print(html.escape("<a href='x'>&</a>"), html.unescape("&eacute;&#128038;&amp;"))
print(urllib.parse.urlsplit("https://u:p@host:8080/p/a?q=1&r=%20#f"), urllib.parse.quote("a b/\u00e9?"), urllib.parse.parse_qs("a=1&a=2&b=%C3%A9"))

print("# collections, itertools, functools, heapq, dataclasses, enum")
@dataclass(order=True)
class Bird:
    name: str
    size: float = 1.5
    tags: list = field(default_factory=list)
class Colour(enum.Flag):
    RED = enum.auto()
    GREEN = enum.auto()
    YELLOW = RED | GREEN
print(sorted([Bird("wren"), Bird("owl", 3.0, ["night"])]), asdict(Bird("kite")), list(Colour.YELLOW), Colour.RED | Colour.GREEN)
print(collections.ChainMap({"a": 1}, {"b": 2})["b"], collections.deque(range(10), 3), collections.OrderedDict(b=1, a=2))
print(list(itertools.islice(itertools.permutations("abcd", 3), 5)), list(itertools.accumulate(range(1, 11), operator.mul)))
print([(k, len(list(g))) for k, g in itertools.groupby("aabbbac")], list(itertools.pairwise("abc")), list(itertools.batched(range(7), 3)))
print(functools.reduce(lambda a, b: a * 31 + ord(b), text[:300], 7), heapq.nsmallest(5, words), list(heapq.merge([1, 4], [2, 3])))
@functools.lru_cache(maxsize=None)
def ways(n):
    return 1 if n < 2 else ways(n - 1) + ways(n - 2)
print(ways(25), ways.cache_info())
shared = [1, [2, 3]]
print(copy.deepcopy(shared) == shared, copy.copy(shared)[1] is shared[1], types.SimpleNamespace(a=1))
