package dev.mayfly.invocations.http;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;

/** How an instance's standard output becomes a response. */
@FunctionalInterface
interface ResponseFormat {

    /** The output is the body. What it is, only the function knows, so it is given no type that a client would act on. */
    ResponseFormat RAW = (output, response) -> {
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        return 0;
    };

    /**
     * Sets the response's status and headers.
     *
     * @param output the output's beginning, or all of it
     * @return where in it the body begins
     * @throws MalformedGuestResponseException if it does not begin as it must; the response is as it was
     */
    int begin(byte[] output, HttpServletResponse response) throws MalformedGuestResponseException;
}
