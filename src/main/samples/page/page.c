// A web page about the request it answers, by CGI/1.1 (RFC 3875) as the gateway's wagi mode has it.
#include <stdio.h>
#include <stdlib.h>

static const char *const VARIABLES[] = {"REQUEST_METHOD", "SCRIPT_NAME",  "PATH_INFO",       "QUERY_STRING",
                                        "CONTENT_TYPE",   "CONTENT_LENGTH", "SERVER_PROTOCOL", "HTTP_USER_AGENT"};

// Whatever comes from the request is text and must not become markup.
static void put_text(char c) {
    switch (c) {
    case '&': fputs("&amp;", stdout); break;
    case '<': fputs("&lt;", stdout); break;
    case '>': fputs("&gt;", stdout); break;
    case '"': fputs("&quot;", stdout); break;
    default: putchar(c);
    }
}

static void put_row(const char *name) {
    fputs("<tr><th>", stdout);
    fputs(name, stdout);
    fputs("</th><td>", stdout);
    for (const char *value = getenv(name); value && *value; value++) {
        put_text(*value);
    }
    fputs("</td></tr>\n", stdout);
}

int main(void) {
    fputs("Content-Type: text/html; charset=utf-8\r\n\r\n"
          "<!doctype html>\n<title>A request</title>\n<h1>This is the request</h1>\n<table>\n", stdout);
    for (size_t i = 0; i < sizeof VARIABLES / sizeof *VARIABLES; i++) {
        put_row(VARIABLES[i]);
    }
    fputs("</table>\n<pre>", stdout);
    for (int c; (c = getchar()) != EOF;) {
        put_text((char)c);
    }
    fputs("</pre>\n", stdout);
    return fflush(stdout) == 0 ? 0 : 1;
}
