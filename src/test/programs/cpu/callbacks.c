/* Evaluates trees of expressions whose nodes know their own function: indirect calls, pointers. */
struct node {
    int (*evaluate)(const struct node *, int);
    const struct node *left, *right;
    int value;
};

enum { NODES = 1 << 10 };

static struct node nodes[NODES];

static int leaf(const struct node *n, int x) { return n->value + x; }

static int sum(const struct node *n, int x) {
    return n->left->evaluate(n->left, x) + n->right->evaluate(n->right, x + 1);
}

static int difference(const struct node *n, int x) {
    return n->left->evaluate(n->left, x) - n->right->evaluate(n->right, x ^ n->value);
}

static int choice(const struct node *n, int x) {
    return x & n->value ? n->left->evaluate(n->left, x >> 1) : n->right->evaluate(n->right, x + n->value);
}

long long run(int rounds) {
    int (*const kinds[])(const struct node *, int) = {sum, difference, choice, sum};
    for (int i = 0; i < NODES; i++) {
        struct node *n = &nodes[i];
        n->value = i * 17 % 1023;
        if (2 * i + 2 < NODES) {
            n->evaluate = kinds[i * 7 % 4];
            n->left = &nodes[2 * i + 1];
            n->right = &nodes[2 * i + 2];
        } else {
            n->evaluate = leaf;
        }
    }
    unsigned long long total = 0;
    while (rounds-- > 0) {
        total = total * 3 + (unsigned) nodes[0].evaluate(&nodes[0], rounds);
    }
    return (long long) total;
}
