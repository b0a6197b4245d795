package dev.mayfly.functions;

/** How the HTTP gateway speaks to a function. */
public enum HttpMode {
    /** The request's body is stdin, stdout is the response's body. */
    RAW,
    /** CGI/1.1 (RFC 3875): variables in the environment; headers, a blank line and the body on stdout. */
    WAGI
}
