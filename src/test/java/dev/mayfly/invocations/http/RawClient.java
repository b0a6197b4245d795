package dev.mayfly.invocations.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** An HTTP client for what well-behaved clients do not do: it sends any bytes, and closes when it is told to. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A response. Names of headers and trailers are in lower case. */
    record Response(int status, Map<String, String> headers, byte[] body, Map<String, String> trailers) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Sends a request to invoke a function, with all of its body. */
    void post(String function, String body) throws IOException {
        send("POST /v1/functions/" + function + "/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    /** Closes the sending side only. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    Response receive() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Response response = receive(body);
        return new Response(response.status(), response.headers(), body.toByteArray(), response.trailers());
    }

    /** Receives a response whose body is passed on, not kept. */
    Response receive(OutputStream body) throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = fields();
        Map<String, String> trailers = Map.of();
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            passChunks(body);
            trailers = fields();
        } else if (headers.containsKey("content-length")) {
            body.write(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
        } else {
            in.transferTo(body);
        }
        return new Response(status, headers, new byte[0], trailers);
    }

    /** Reads a response's status line and headers, but not its body. */
    int receiveHead() throws IOException {
        String statusLine = line();
        fields();
        return Integer.parseInt(statusLine.split(" ")[1]);
    }

    private void passChunks(OutputStream body) throws IOException {
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            body.write(in.readNBytes(size));
            line();
            size = Integer.parseInt(line(), 16);
        }
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new HashMap<>();
        String line = line();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            line = line();
        }
        return fields;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("connection closed after: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }
}
