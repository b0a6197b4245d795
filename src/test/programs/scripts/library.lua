-- Exercises Lua's libraries, closures, metatables and garbage collector. There is no setjmp, hence no error that is
-- caught and no coroutine that yields; the error at the end ends the program.
local function section(name) io.write("# ", name, "\n") end

section("arguments")
print(#arg, ...)

section("numbers")
for _, n in ipairs { 0.1, -0.0, 1 / 3, 1e15, 1e16, 2 ^ 53, 2 ^ 63, 1 / 0, -1 / 0, 5e-324, 1.7976931348623157e308, 3, 3.0, math.mininteger } do
    print(n, math.type(n), string.format("%.14g %.17g %a %e %8.3f %5.1f", n, n, n, n, n % 1000, n % 7), math.tointeger(n), n // 3, n % -3)
end
print(7 // 2, -7 // 2, 7 % -2, 7.5 // -2, math.mininteger // -1, math.mininteger % -1, 1 << 63, 1 << 64, -1 >> 1, ~5, 5 ~ 3, 3 | 4 & 6)
print(math.ult(1, -1), math.maxinteger + 1 == math.mininteger, "10" + 5, "0x1p4" * 2, 10 .. 20, 2 ^ 0.5, 1e308 * 10, -(0 / 0) ~= 0 / 0)
print(tonumber("0x7fffffffffffffff"), tonumber("1e1"), tonumber("z", 36), tonumber("8", 8), tonumber("  12  "), tonumber("1 2"), #tostring(math.pi))
for _, f in ipairs { "sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "sqrt", "floor", "ceil", "abs" } do
    print(f, string.format("%a %a", math[f](0.7), math[f](0.3)))
end
math.randomseed(42, 7)
print(math.random(), math.random(100), math.random(-5, 5), math.random(0))

section("strings")
local text = ("the quick brown fox jumps over the lazy dog, the end. "):rep(20)
print(#text, text:upper():sub(1, 40), text:reverse():sub(-10), text:rep(2, "|"):len(), ("%q"):format("a\n\0\"\\\200"), ("x"):byte())
local counts, order = {}, {}
for word in text:gmatch("%a+") do
    word = word:lower()
    if not counts[word] then order[#order + 1] = word end
    counts[word] = (counts[word] or 0) + 1
end
table.sort(order, function(a, b) return counts[a] > counts[b] or counts[a] == counts[b] and a < b end)
for i = 1, math.min(15, #order) do print(order[i], counts[order[i]]) end
print(text:find("(%w+)%s+(%w+)", 5), ("key = value"):match("^(%w+)%s*=%s*(%w+)$"), ("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"))
print(("hello world"):gsub("o", "0", 1), ("abc"):gsub("%w", "%0%0"), ("$x and $y"):gsub("%$(%w+)", { x = 1 }), ("a,b,,c"):gsub(",", function() return ";" end))
print(string.pack("<i4 >I2 z s1 d", -2, 65535, "zero", "len", 0.1):byte(1, -1))
print(string.unpack("<i4 >I2 z s1 d", string.pack("<i4 >I2 z s1 d", -2, 65535, "zero", "len", 0.1)))
print(utf8.char(72, 228, 8364, 128038), utf8.len("häß€"), utf8.codepoint("€", 1), #utf8.char(0x7FFFFFFF))
print(string.format("%5s|%-8s|%08.3f|%+d|%#x|%c|%i|%%|%.3s", "ab", "cd", -3.14159, 5, 255, 65, 7, "truncated"))

section("tables")
local t = {}
for i = 1, 1000 do t[i] = (i * 7919) % 1009 end
table.sort(t)
print(t[1], t[500], t[1000], table.concat(t, ",", 1, 10), select("#", table.unpack(t, 1, 200)), table.unpack({ 1, 2, 3 }, 2))
table.insert(t, 1, "first"); table.remove(t, 3); table.move(t, 1, 3, 5)
print(t[1], t[2], t[5], #t, next({}), #table.pack(nil, nil), rawlen({ 1, 2 }))
print(load("return 1 + 1")(), load(string.dump(function(x) return x * 2 end))(21), pcall(math.max, 1, 2))

section("metatables and closures")
local vector = {}
vector.__index = vector
vector.__add = function(a, b) return setmetatable({ a[1] + b[1], a[2] + b[2] }, vector) end
vector.__eq = function(a, b) return a[1] == b[1] and a[2] == b[2] end
vector.__lt = function(a, b) return a[1] < b[1] end
vector.__tostring = function(v) return "(" .. v[1] .. ", " .. v[2] .. ")" end
vector.__call = function(v, n) return v[n] end
vector.__concat = function(a, b) return tostring(a) .. "&" .. tostring(b) end
vector.__len = function() return 2 end
local v = setmetatable({ 1, 2 }, vector)
print(tostring(v + v), v == setmetatable({ 1, 2 }, vector), v < v + v, v(2), v .. "x", #v)
local log = {}
local proxy = setmetatable({}, { __index = function(_, k) log[#log + 1] = k return k .. "!" end, __newindex = function(_, k, x) log[#log + 1] = k .. "=" .. x end })
proxy.a = 1
print(proxy.b, proxy.c, table.concat(log, " "))
local function counter() local n = 0 return function() n = n + 1 return n end end
local a, b = counter(), counter()
print(a(), a(), b(), (function(...) return select(-1, ...) end)(1, 2, 3))
do
    local closed <close> = setmetatable({}, { __close = function(_, e) print("closed", e) end })
    local constant <const> = 5
    print("in scope", constant)
end
for i = 1, 3 do for j = 1, 3 do if j == 2 then goto continue end io.write(i, ":", j, " ") ::continue:: end end
print()

section("garbage")
local weak, finalized = setmetatable({}, { __mode = "k" }), 0
for i = 1, 20000 do
    local key = setmetatable({ i, tostring(i) }, { __gc = function() finalized = finalized + 1 end })
    weak[key] = ("s"):rep(i % 50) .. i
end
collectgarbage(); collectgarbage()
print(next(weak), finalized, collectgarbage("count") < 20000)
collectgarbage("generational")
local kept = {}
for i = 1, 100000 do kept[i % 1000 + 1] = { i, kept[(i * 31) % 1000 + 1] and 1 } end
collectgarbage("incremental")
collectgarbage()
print(#kept, kept[17][1])

section("files")
local f = assert(io.open("/notes", "w"))
f:setvbuf("full", 64)
for i = 1, 100 do f:write(i, " ", i / 7, "\n") end
print(f:seek("cur"), f:close(), io.type(f))
local total = 0
for n, x in io.lines("/notes", "n", "n") do total = total + n * x end
print(total, os.rename("/notes", "/renamed"), io.open("/notes"))
print(os.remove("/renamed"), os.remove("/renamed"), os.getenv("PLACE"), os.getenv("NONE"), os.date("!%Y-%m-%d %H:%M:%S", 1e9), os.time { year = 2020, month = 1, day = 1, hour = 12 })
io.stderr:write("to stderr\n")
error(setmetatable({}, { __tostring = function() return "the end" end }))
