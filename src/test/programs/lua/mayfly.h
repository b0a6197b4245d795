/* Included before every file of Lua: what its configuration needs where there is no setjmp, shell or temporary file. */
#include <stdio.h>
#include <stdlib.h>

#define luai_jmpbuf int
#define LUAI_TRY(L, c, a) { a }
#define LUAI_THROW(L, c) (fputs("lua: error outside of any protected call\n", stderr), exit(1))

#define system(command) (-1)
#define tmpfile() ((FILE *)NULL)
#define lua_tmpnam(buffer, failed) { failed = 1; }
#define LUA_TMPNAMBUFSIZE 32
