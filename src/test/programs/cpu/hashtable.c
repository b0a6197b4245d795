/* Counts words that are numbers in a hash table with open addressing: 64-bit arithmetic, memory at random. */
typedef unsigned long long u64;

enum { SLOTS = 1 << 16 };

static struct entry {
    u64 key;
    int count;
} table[SLOTS];

static u64 mix(u64 x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9ULL;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebULL;
    return x ^ x >> 31;
}

static struct entry *find(u64 key) {
    unsigned slot = (unsigned) mix(key) & (SLOTS - 1);
    while (table[slot].key != key && table[slot].count != 0) {
        slot = (slot + 1) & (SLOTS - 1);
    }
    return &table[slot];
}

long long run(int words) {
    u64 sum = 0;
    for (int i = 0; i < SLOTS; i++) {
        table[i].count = 0;
    }
    for (int i = 0; i < words; i++) {
        u64 key = mix((u64) i) % 40000 + 1;
        struct entry *entry = find(key);
        entry->key = key;
        sum += (u64) ++entry->count * key;
    }
    return (long long) sum;
}
