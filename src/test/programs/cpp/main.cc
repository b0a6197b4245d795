// Counts the words of stdin, and exercises what a C++ program takes from its standard library.
#include <algorithm>
#include <bitset>
#include <cmath>
#include <complex>
#include <deque>
#include <functional>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <queue>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace {

struct Shape {
    virtual ~Shape() = default;
    virtual double area() const = 0;
    virtual std::string name() const { return "shape"; }
};

struct Circle final : Shape {
    explicit Circle(double radius) : radius(radius) {}
    double area() const override { return 3.14159265358979 * radius * radius; }
    std::string name() const override { return "circle"; }
    double radius;
};

struct Square : virtual Shape {
    explicit Square(double side) : side(side) {}
    ~Square() override { std::cout << "~Square(" << side << ")\n"; }
    double area() const override { return side * side; }
    double side;
};

void countWords() {
    std::map<std::string, int> counts;
    std::unordered_map<std::size_t, std::set<std::string>> byLength;
    for (std::string word; std::cin >> word;) {
        counts[word]++;
        byLength[word.size()].insert(word);
    }
    std::vector<std::pair<int, std::string>> order;
    for (const auto &[word, count] : counts) order.emplace_back(count, word);
    std::sort(order.rbegin(), order.rend());
    for (const auto &[count, word] : order) std::cout << std::setw(5) << count << ' ' << word << '\n';
    for (std::size_t length = 0; length < 20; length++) {
        if (auto found = byLength.find(length); found != byLength.end()) std::cout << length << ": " << found->second.size() << '\n';
    }
}

void objects() {
    std::vector<std::unique_ptr<Shape>> shapes;
    for (int i = 1; i < 6; i++) {
        if (i % 2) shapes.push_back(std::make_unique<Circle>(i / 3.0));
        else shapes.push_back(std::make_unique<Square>(i * 1.1));
    }
    for (const auto &shape : shapes) {
        std::cout << shape->name() << ' ' << std::setprecision(17) << shape->area() << (dynamic_cast<Square *>(shape.get()) ? " square" : "") << '\n';
    }
}

void numbers() {
    std::mt19937_64 chance(42);
    std::vector<std::uint64_t> random(10000);
    std::generate(random.begin(), random.end(), std::ref(chance));
    std::nth_element(random.begin(), random.begin() + 5000, random.end());
    std::cout << random[5000] << ' ' << std::accumulate(random.begin(), random.end(), std::uint64_t{}) << '\n';
    for (double x : {0.1, 1e-310, -2.5, 1e21, std::nan(""), -HUGE_VAL}) {
        std::cout << std::defaultfloat << x << ' ' << std::scientific << x << ' ' << std::fixed << x << ' ' << std::hexfloat << x << std::defaultfloat << '\n';
    }
    auto root = std::sqrt(std::complex<double>(-3, 4)) * std::polar(2.0, 0.7);
    std::cout << root << ' ' << std::tgamma(4.5) << ' ' << std::fma(0.1, 10, -1) << ' ' << std::lround(-2.5) << ' ' << std::bitset<20>(0xbeef) << '\n';
    std::cout << std::hex << std::showbase << -1 << ' ' << std::oct << 511 << std::dec << ' ' << std::boolalpha << true << '\n';
    std::cout << __int128_t{1} * 1000000007 * 998244353 % 1000003 * 1.0 << ' ' << __builtin_popcountll(0xf0f0f0f0f0ULL) << ' ' << __builtin_ctzll(1ULL << 40) << '\n';
}

void containers() {
    std::priority_queue<int, std::deque<int>, std::greater<>> queue;
    for (int i = 0; i < 2000; i++) queue.push(i * 7919 % 2003);
    long long sum = 0;
    for (int rank = 1; !queue.empty(); queue.pop()) sum += static_cast<long long>(rank++) * queue.top();
    std::istringstream in("12 0x1f 3.5e2 text");
    int number = 0, hexadecimal = 0;
    double real = 0;
    std::string rest;
    in >> number >> std::hex >> hexadecimal >> real >> rest;
    std::cout << sum << ' ' << number << ' ' << hexadecimal << ' ' << real << ' ' << rest << '\n';
    std::vector<std::variant<int, std::string, std::optional<double>>> mixed{1, std::string("two"), std::optional<double>(3.5), std::optional<double>()};
    for (const auto &value : mixed) std::cout << value.index() << ' ';
    std::string permuted = "abcd";
    int permutations = 0;
    do permutations++; while (std::next_permutation(permuted.begin(), permuted.end()));
    std::cout << permutations << '\n';
}

} // namespace

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++) std::cout << arguments[i] << '\n';
    countWords();
    objects();
    numbers();
    containers();
    std::cerr << "done" << std::endl;
    return 7;
}
