/* Compresses text by references to what came before, and expands it again (as LZ4 does): bytes, copies, branches. */
typedef unsigned char u8;
typedef unsigned int u32;

enum { SIZE = 1 << 18, HASHES = 1 << 13, MIN_MATCH = 4 };

static u8 text[SIZE], packed[2 * SIZE], expanded[SIZE];
static int last[HASHES];

static u32 word(const u8 *at) { return at[0] | at[1] << 8 | at[2] << 16 | (u32) at[3] << 24; }

static u8 *put_length(u8 *out, int length) {
    for (; length >= 255; length -= 255) {
        *out++ = 255;
    }
    *out++ = (u8) length;
    return out;
}

static u8 *put(u8 *out, const u8 *literals, int count) {
    out = put_length(out, count);
    for (int i = 0; i < count; i++) {
        *out++ = literals[i];
    }
    return out;
}

static int compress(void) {
    for (int i = 0; i < HASHES; i++) {
        last[i] = -1;
    }
    u8 *out = packed;
    int start = 0, at = 0;
    while (at + MIN_MATCH <= SIZE) {
        u32 hash = (word(text + at) * 2654435761u) >> 19;
        int before = last[hash];
        last[hash] = at;
        if (before < 0 || at - before > 65535 || word(text + before) != word(text + at)) {
            at++;
            continue;
        }
        int length = MIN_MATCH;
        while (at + length < SIZE && text[before + length] == text[at + length]) {
            length++;
        }
        out = put(out, text + start, at - start);
        *out++ = (u8) (at - before);
        *out++ = (u8) ((at - before) >> 8);
        out = put_length(out, length - MIN_MATCH);
        at += length;
        start = at;
    }
    return (int) (put(out, text + start, SIZE - start) - packed);
}

static const u8 *get_length(const u8 *in, int *length) {
    *length = 0;
    do {
        *length += *in;
    } while (*in++ == 255);
    return in;
}

static int expand(const u8 *in, const u8 *end) {
    u8 *out = expanded;
    for (;;) {
        int count;
        in = get_length(in, &count);
        while (count-- > 0) {
            *out++ = *in++;
        }
        if (in >= end) {
            return (int) (out - expanded);
        }
        const u8 *from = out - (in[0] | in[1] << 8);
        in = get_length(in + 2, &count);
        for (count += MIN_MATCH; count > 0; count--) {
            *out++ = *from++;
        }
    }
}

long long run(int rounds) {
    u32 seed = 7;
    for (int i = 0; i < SIZE; i++) {
        seed = seed * 1664525 + 1013904223;
        int copies = seed >> 28 != 0 && i > 300;
        text[i] = copies ? text[i - 1 - (seed >> 16 & 3) * 64] : (u8) ('a' + (seed >> 24) % 20);
    }
    unsigned long long sum = 0;
    while (rounds-- > 0) {
        int length = compress();
        sum += (unsigned) (length + expand(packed, packed + length));
        sum = sum * 31 + expanded[(sum & 0xffff)];
        text[rounds & 0xffff]++;
    }
    return (long long) sum;
}
