/* A virtual machine with registers and a stack that runs two small programs: a switch in a loop. */
typedef unsigned char u8;

enum { PUSH, LOAD, STORE, ADD, SUB, MUL, AND, LESS, JUMP, JUMP_ZERO, DUP, DROP, XOR, SHIFT, INDEX, PUT, HALT };

static int cells[256];

static int execute(const u8 *code, int argument) {
    int stack[64], registers[16] = {argument};
    int *top = stack;
    const u8 *at = code;
    for (;;) {
        switch (*at++) {
            case PUSH: *++top = *at++; break;
            case LOAD: *++top = registers[*at++]; break;
            case STORE: registers[*at++] = *top--; break;
            case ADD: top--; *top = (int) ((unsigned) *top + (unsigned) top[1]); break;
            case SUB: top--; *top = (int) ((unsigned) *top - (unsigned) top[1]); break;
            case MUL: top--; *top = (int) ((unsigned) *top * (unsigned) top[1]); break;
            case AND: top--; *top &= top[1]; break;
            case LESS: top--; *top = *top < top[1]; break;
            case JUMP: at = code + *at; break;
            case JUMP_ZERO: at = *top-- == 0 ? code + *at : at + 1; break;
            case DUP: top[1] = *top; top++; break;
            case DROP: top--; break;
            case XOR: top--; *top ^= top[1]; break;
            case SHIFT: top--; *top = (int) ((unsigned) *top >> (top[1] & 31)); break;
            case INDEX: *top = cells[*top & 255]; break;
            case PUT: cells[*top & 255] = top[-1]; top -= 2; break;
            default: return *top;
        }
    }
}

/* Adds up a mix of the numbers below the argument, keeping some in cells. */
static const u8 MIX[] = {
    PUSH, 0, STORE, 1, PUSH, 0, STORE, 2,
    /* 8 */ LOAD, 2, LOAD, 0, LESS, JUMP_ZERO, 50,
    LOAD, 1, PUSH, 31, MUL, LOAD, 2, XOR, DUP, PUSH, 7, SHIFT, ADD, STORE, 1,
    LOAD, 1, LOAD, 2, PUT, LOAD, 2, PUSH, 13, SUB, INDEX, LOAD, 1, ADD, STORE, 1,
    /* 46 */ JUMP, 52, HALT, HALT,
    /* 50 */ LOAD, 1,
    /* 52 */ LOAD, 2, LOAD, 0, LESS, JUMP_ZERO, 68, LOAD, 2, PUSH, 1, ADD, STORE, 2, JUMP, 8,
    /* 68 */ LOAD, 1, HALT};

long long run(int steps) {
    long long sum = 0;
    for (int i = 0; i < 256; i++) {
        cells[i] = 0;
    }
    for (int i = 0; i < 16; i++) {
        sum = sum * 7 + execute(MIX, steps / 16 + i);
    }
    return sum;
}
