// Sorts the words of stdin on a few goroutines and prints them with the program's arguments.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
)

func main() {
	var words []string
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		words = append(words, scanner.Text())
	}

	upper := make([]string, len(words))
	var group sync.WaitGroup
	for i, word := range words {
		group.Add(1)
		go func() {
			defer group.Done()
			upper[i] = strings.ToUpper(word)
		}()
	}
	group.Wait()
	sort.Strings(upper)
	fmt.Println(strings.Join(upper, " "), os.Args[1:])
}
