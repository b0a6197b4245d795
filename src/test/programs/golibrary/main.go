// Exercises the standard library and the runtime: goroutines, the garbage collector, numbers, text, hashes and files.
package main

import (
	"bytes"
	"compress/gzip"
	"container/heap"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"math/big"
	"math/bits"
	"math/rand"
	"os"
	"regexp"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"time"
	"unicode"
)

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

type bird struct {
	Name   string           `json:"name"`
	Grams  float64          `json:"grams,omitempty"`
	Places map[string][]int `json:"places"`
	Next   *bird            `json:"next"`
}

func main() {
	input, err := io.ReadAll(os.Stdin)
	check(err)
	fmt.Println(os.Args[1:], os.Getenv("PLACE"), len(input))
	goroutines()
	collector()
	numbers()
	text(string(input))
	hashes(input)
	files()
	failures()
	fmt.Fprintln(os.Stderr, "to stderr")
	var none map[string]int
	none["assignment"] = 1
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func goroutines() {
	numbers, squares := make(chan int), make(chan int, 16)
	var workers sync.WaitGroup
	for range 8 {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for n := range numbers {
				squares <- n * n
				runtime.Gosched()
			}
		}()
	}
	go func() {
		for n := range 5000 {
			numbers <- n
		}
		close(numbers)
		workers.Wait()
		close(squares)
	}()
	sum := 0
	for square := range squares {
		sum += square
	}
	var mutex sync.Mutex
	counts := map[int]int{}
	var group sync.WaitGroup
	for n := range 1000 {
		group.Add(1)
		go func() {
			defer group.Done()
			mutex.Lock()
			defer mutex.Unlock()
			counts[n%7]++
		}()
	}
	group.Wait()
	cancelled, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	select {
	case <-cancelled.Done():
		fmt.Println(sum, counts, cancelled.Err())
	case <-time.After(time.Minute):
		fmt.Println("the timer of a minute was first")
	}
}

func collector() {
	var kept []*bird
	for i := range 200_000 {
		b := &bird{Name: strconv.Itoa(i), Places: map[string][]int{"x": make([]int, i%20)}}
		if i%1000 == 0 {
			kept = append(kept, b)
		}
	}
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	fmt.Println(len(kept), kept[77].Name, stats.NumGC > 2, len(deep(20000)))
}

func deep(n int) []byte {
	var frame [64]byte
	frame[n%64] = byte(n)
	if n == 0 {
		return frame[:]
	}
	return append(deep(n-1), frame[n%64])
}

func numbers() {
	for _, x := range []float64{0.1, 1.0 / 3, 5e-324, math.MaxFloat64, math.Inf(1), math.NaN(), math.Copysign(0, -1), 1e21, 2.5} {
		fmt.Println(x, strconv.FormatFloat(x, 'e', -1, 64), strconv.FormatFloat(x, 'x', -1, 64), float32(x), fmt.Sprintf("%8.3f|%g|%v", x, float32(x), math.RoundToEven(x)))
	}
	for _, f := range []func(float64) float64{math.Sin, math.Tan, math.Exp, math.Log, math.Gamma, math.Cbrt, math.Erf, math.Asinh, math.Floor, math.Sqrt} {
		fmt.Printf("%016x ", math.Float64bits(f(0.7)))
	}
	fmt.Println(math.FMA(0.1, 10, -1), bits.OnesCount64(0xF0F0), bits.LeadingZeros32(1), bits.Reverse16(3), bits.RotateLeft64(1, -1))
	high, low := bits.Mul64(math.MaxUint64, 12345678901234567890)
	fmt.Println(high, low, -7/2, -7%2, uint8(len(os.Args))-100, int64(math.MinInt64)/-1, 1<<62>>61)
	two := new(big.Int).Exp(big.NewInt(3), big.NewInt(5000), nil)
	prime, _ := new(big.Int).SetString("170141183460469231731687303715884105727", 10)
	fmt.Println(new(big.Int).Mod(two, prime), two.BitLen(), prime.ProbablyPrime(10), new(big.Int).ModInverse(two, prime), new(big.Int).Sqrt(two).BitLen())
	fmt.Println(new(big.Rat).Add(big.NewRat(1, 3), big.NewRat(5, 7)), new(big.Float).SetPrec(200).Quo(big.NewFloat(1), big.NewFloat(3)))
	chance := rand.New(rand.NewSource(42))
	fmt.Println(chance.Int63(), chance.Float64(), chance.Perm(12), chance.NormFloat64())
	for _, s := range []string{"12", "-0x1f", "99999999999999999999", "1_000", "x"} {
		n, err := strconv.ParseInt(s, 0, 64)
		fmt.Println(n, err)
	}
}

func text(input string) {
	words := strings.FieldsFunc(strings.ToLower(input), func(r rune) bool { return !unicode.IsLetter(r) })
	counts := map[string]int{}
	for _, word := range words {
		counts[word]++
	}
	var order []string
	for word := range counts {
		order = append(order, word)
	}
	sort.Slice(order, func(i, j int) bool {
		return counts[order[i]] > counts[order[j]] || counts[order[i]] == counts[order[j]] && order[i] < order[j]
	})
	fmt.Println(order[:min(15, len(order))], counts["the"])
	pattern := regexp.MustCompile(`(?i)\b(\w)(\w*?)(e|o)\b`)
	fmt.Println(pattern.FindAllStringSubmatch(input, 5), pattern.ReplaceAllString(input[:min(200, len(input))], "$3-$1"))
	fmt.Printf("%q %x %U %+v %#v %T %08b %-6d| %6.2f%% %v\n", "q\"\u00e9\x00", "hex", '⌘', struct{ A, B int }{1, 2}, []string{"a"}, counts, 5, 42, 99.5, [3]bool{true})
	page := template.Must(template.New("page").Parse("{{range $i, $w := .}}{{if $i}}, {{end}}{{$w | printf \"%-7s\"}}{{end}}\n"))
	check(page.Execute(os.Stdout, order[:3]))
	encoded, err := json.Marshal(bird{"wren", 9.5, map[string][]int{"b": {1}, "a": nil}, &bird{Name: "<é>"}})
	check(err)
	var decoded bird
	fmt.Println(string(encoded), json.Unmarshal(encoded, &decoded), decoded.Next.Name, json.Unmarshal([]byte(`{"name": 1}`), &decoded), json.Unmarshal([]byte(`{`), &decoded))
	h := &ints{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	fmt.Println(heap.Pop(h), heap.Pop(h), *h, time.Unix(1e9, 5).UTC(), time.Duration(3723e9), time.Date(2024, 2, 30, 0, 0, 0, 0, time.UTC).Weekday())
}

func hashes(input []byte) {
	fmt.Printf("%x %x %x %x %08x\n", md5.Sum(input), sha1.Sum(input), sha256.Sum256(input), sha512.Sum512(input), crc32.ChecksumIEEE(input))
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	for range 20 {
		_, err := writer.Write(input)
		check(err)
	}
	check(writer.Close())
	size := packed.Len()
	reader, err := gzip.NewReader(&packed)
	check(err)
	unpacked, err := io.ReadAll(reader)
	check(err)
	fmt.Println(size, len(unpacked), bytes.HasPrefix(unpacked, input))
	block, err := aes.NewCipher([]byte("0123456789abcdef"))
	check(err)
	sealed := make([]byte, 64)
	cipher.NewCTR(block, make([]byte, 16)).XORKeyStream(sealed, sealed)
	fmt.Println(base64.StdEncoding.EncodeToString(sealed), binary.BigEndian.Uint64(sealed))
}

func files() {
	check(os.MkdirAll("/a/b", 0o755))
	check(os.WriteFile("/a/b/one.txt", []byte("one\n"), 0o644))
	file, err := os.OpenFile("/a/b/one.txt", os.O_APPEND|os.O_RDWR, 0)
	check(err)
	_, err = file.WriteString("two\n")
	check(err)
	_, err = file.Seek(2, io.SeekStart)
	check(err)
	rest, err := io.ReadAll(file)
	check(err)
	check(file.Close())
	check(os.Rename("/a/b/one.txt", "/a/two.txt"))
	check(fs.WalkDir(os.DirFS("/a"), ".", func(path string, entry fs.DirEntry, err error) error {
		fmt.Print(path, " ", entry.IsDir(), "; ")
		return err
	}))
	_, missing := os.Open("/missing")
	fmt.Printf("%q %v %v %v\n", rest, missing, errors.Is(missing, fs.ErrNotExist), os.Remove("/a"))
	check(os.RemoveAll("/a"))
}

func failures() {
	var nothing *bird
	for i, f := range []func(){
		func() { fmt.Println(nothing.Name) },
		func() { fmt.Println([]int{1}[len(os.Args)+5]) },
		func() { fmt.Println(1 / (len(os.Args) - len(os.Args))) },
		func() { fmt.Println(any("text").(int)) },
		func() { close((chan int)(nil)) },
		func() { panic(fmt.Errorf("wrapped: %w", fs.ErrExist)) },
	} {
		func() {
			defer func() { fmt.Println(i, recover()) }()
			f()
		}()
	}
}
