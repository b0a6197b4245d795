package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonValue;

/** How the HTTP gateway speaks to a function. */
public enum HttpMode {
    /** The request's body is stdin, stdout is the response's body. */
    RAW("raw"),
    /** CGI/1.1 (RFC 3875): variables in the environment; headers, a blank line and the body on stdout. */
    WAGI("wagi");

    private final String id;

    HttpMode(String id) {
        this.id = id;
    }

    /** The name in configurations. */
    @JsonValue
    public String id() {
        return id;
    }
}
