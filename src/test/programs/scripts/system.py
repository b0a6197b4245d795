"""Files, modules, exceptions, generators and the interpreter itself."""
import ast, asyncio, atexit, contextlib, dis, errno, fnmatch, gc, glob, importlib, inspect, io, os, pathlib, shutil, stat, sys, tempfile
import tokenize, traceback, warnings, weakref, zipfile

print("# arguments and environment", sys.argv, os.environ["PLACE"], sorted(k for k in os.environ if k.startswith("P")))

print("# files")
root = pathlib.Path("/work")
(root / "a" / "b").mkdir(parents=True)
for n in range(20):
    (root / "a" / f"f{n:02}.txt").write_text(f"file {n}\n" * n)
(root / "a" / "b" / "binary").write_bytes(bytes(range(256)) * 300)
print(sorted(os.listdir("/work/a")), sorted(glob.glob("/work/**/f0[1-3]*", recursive=True)), fnmatch.filter(["a.py", "b.c"], "*.py"))
for directory, directories, files in os.walk("/work"):
    print(directory, sorted(directories), len(files))
with open("/work/a/b/binary", "r+b") as f:
    f.seek(1000)
    f.write(b"HERE")
    f.seek(-10, os.SEEK_END)
    print(f.read(), f.tell())
    f.seek(998)
    print(f.read(8))
    f.truncate(1002)
print(os.stat("/work/a/b/binary").st_size, stat.filemode(os.stat("/work/a").st_mode), os.path.exists("/nothing"))
os.rename("/work/a/f05.txt", "/work/renamed")
os.replace("/work/a/f06.txt", "/work/renamed")
os.link("/work/renamed", "/work/linked")
os.symlink("renamed", "/work/symlink")
print(open("/work/linked").read(), os.readlink("/work/symlink"), os.path.samefile("/work/symlink", "/work/renamed"), os.stat("/work/linked").st_nlink)
with open("/work/log", "a") as f:
    print("one", 1, sep=",", file=f)
with open("/work/log", "a+", newline="\r\n") as f:
    f.write("two\n")
    f.seek(0)
    print(f.readlines())
for attempt in (lambda: open("/work/none"), lambda: os.mkdir("/work"), lambda: os.rmdir("/work"), lambda: os.listdir("/work/log"),
                lambda: open("/work", "w"), lambda: os.unlink("/work/a"), lambda: os.rename("/none", "/x"), lambda: open("/work/log", "x")):
    try:
        attempt()
    except OSError as e:
        print(type(e).__name__, errno.errorcode[e.errno], e)
os.mkdir("/tmp")
with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryFile("w+") as f:
    f.write("temporary")
    f.seek(4)
    print(f.read(), os.listdir(directory))
shutil.copytree("/work/a", "/copy")
with zipfile.ZipFile("/copy.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr(zipfile.ZipInfo("n.txt"), "zip " * 1000, zipfile.ZIP_DEFLATED)
with zipfile.ZipFile("/copy.zip") as archive:
    print([(i.filename, i.file_size, i.compress_size, i.CRC) for i in archive.infolist()], archive.testzip())
shutil.rmtree("/work")
print(sorted(os.listdir("/")), len(os.listdir("/copy")))
buffer = io.BytesIO()
wrapper = io.TextIOWrapper(io.BufferedWriter(buffer, 16), encoding="utf-16-le", newline="\r\n", write_through=True)
wrapper.write("line\nbreak")
wrapper.flush()
print(buffer.getvalue())

print("# modules and tracebacks")
os.mkdir("/lib2")
pathlib.Path("/lib2/thing.py").write_text("def fail(n):\n    return fail(n - 1) if n else {}['missing' +\n                   'key']\n")
sys.path.insert(0, "/lib2")
thing = importlib.import_module("thing")
try:
    try:
        thing.fail(4)
    except KeyError as e:
        e.add_note("a note")
        raise RuntimeError("second") from e
except RuntimeError:
    traceback.print_exc(file=sys.stdout)
try:
    raise ExceptionGroup("several", [ValueError(1), ExceptionGroup("inner", [TypeError("t"), OSError(2, "no", "file")])])
except* OSError as group:
    print(group.exceptions)
except* (ValueError, TypeError) as group:
    traceback.print_exception(group, file=sys.stdout)
def deep(n):
    return deep(n + 1)
try:
    deep(0)
except RecursionError as e:
    print(e)
for source in ("x = = 1", "def f(:\n", "'unclosed", "  indented", "print 'x'", "f(**a, *b)", "\tif 1:\n        2\n\t3"):
    try:
        compile(source, "<text>", "exec")
    except SyntaxError as e:
        print("".join(traceback.format_exception_only(e)))

print("# generators, coroutines, descriptors")
def averager():
    total, count = 0, 0
    try:
        while True:
            total += yield total / max(count, 1)
            count += 1
    finally:
        print("closed", total)
average = averager()
next(average)
print([average.send(n) for n in (10, 20, 60)])
average.close()
async def child(n):
    await asyncio.sleep(0)
    return n * n
async def parent():
    return [await child(n) for n in range(5)]
coroutine = parent()
try:
    while True:
        coroutine.send(None)
except StopIteration as e:
    print(e.value)
class Meta(type):
    def __call__(cls, *args):
        print("making", cls.__name__, args)
        return super().__call__(*args)
class Celsius(metaclass=Meta):
    __slots__ = ("degrees", "__weakref__")
    def __init__(self, degrees):
        self.degrees = degrees
    def __matmul__(self, other):
        return f"{self.degrees}@{other}"
    @property
    def fahrenheit(self):
        return self.degrees * 9 / 5 + 32
    def __del__(self):
        print("gone", self.degrees)
t = Celsius(100)
r = weakref.ref(t)
print(t @ 1, t.fahrenheit, r() is t)
del t
print(r())
def shape(thing):
    match thing:
        case {"x": int(x), **rest} if x > 0: return f"positive {x} {rest}"
        case [first, *_, last]: return f"from {first} to {last}"
        case str() | bytes(): return "text"
        case _: return "else"
print([shape(x) for x in ({"x": 1, "y": 2}, [1, 2, 3], b"", {"x": -1})])
with contextlib.ExitStack() as stack, contextlib.redirect_stdout(io.StringIO()) as captured:
    stack.callback(print, "leaving")
    print("inside", end="!")
print(repr(captured.getvalue()))

print("# interpreter")
cycles = []
for _ in range(20000):
    pair = [[], {}]
    pair[0].append(pair)
print(gc.collect() >= 0, gc.get_threshold())
print(ast.unparse(ast.parse("lambda x, *y, z=1: (x if y else z)[::2] @ {**a}")), ast.dump(ast.parse("a += f'{b!r:>{c}}'")))
print(inspect.signature(shutil.rmtree), [t.string for t in tokenize.generate_tokens(io.StringIO("a = b'x' ** 2 # c").readline)])
dis.dis(shape.__code__)
warnings.simplefilter("always")
warnings.warn("deprecated", DeprecationWarning)
atexit.register(print, "at exit")
print("to stderr", file=sys.stderr)
sys.exit(thing.fail(2) if len(sys.argv) > 2 else 3)
