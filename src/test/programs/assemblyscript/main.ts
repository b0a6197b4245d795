// Sorts the words of its input by length, then by name, sums numbers among them, and keeps the collector busy.
const words = readAll().split(" ").filter((word) => word.length > 0);
let sum: f64 = 0;
const counts = new Map<string, i32>();
for (let i = 0; i < words.length; i++) {
  const value = parseFloat(words[i]);
  if (!isNaN(value)) sum += value;
  counts.set(words[i], counts.has(words[i]) ? counts.get(words[i]) + 1 : 1);
}
words.sort((a, b) => a.length != b.length ? a.length - b.length : a < b ? -1 : a > b ? 1 : 0);
console.log(words.join(","));
console.log(sum.toString() + " " + counts.size.toString());

const kept = new Array<Float64Array>();
let seed: u64 = 88172645463325252;
for (let i = 0; i < 100000; i++) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  const numbers = new Float64Array(8);
  numbers[i32(seed & 7)] = f64(seed) / 3.0;
  if (i % 1000 == 0) kept.push(numbers);
}
let total: f64 = 0;
for (let i = 0; i < kept.length; i++) total += kept[i].reduce((a, b) => a + b, 0.0);
console.log(kept.length.toString() + " " + total.toString() + " " + seed.toString(16));
console.log(Math.sin(0.5).toString() + " " + Math.pow(1.1, 100).toString() + " " + Math.fround(0.1).toString() + " " + (1e21).toString());
console.error("arguments: " + process.argv.slice(1).join(" "));
process.exit(words.length);

function readAll(): string {
  const buffer = new ArrayBuffer(4096);
  let text = "";
  for (let count = process.stdin.read(buffer); count > 0; count = process.stdin.read(buffer)) {
    text += String.UTF8.decodeUnsafe(changetype<usize>(buffer), count);
  }
  return text.trim();
}
