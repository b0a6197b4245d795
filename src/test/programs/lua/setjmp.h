/* WASI has no setjmp. Lua raises errors with it, so here an error ends the program (see LUAI_THROW). */
#ifndef MAYFLY_SETJMP_H
#define MAYFLY_SETJMP_H
typedef int jmp_buf;
#endif
