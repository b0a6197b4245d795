package dev.mayfly.invocations.connections;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Hands the connection of each request on to the application. */
final class ClientConnectionValve extends ValveBase {

    ClientConnectionValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(
                ClientConnection.ATTRIBUTE, request.getCoyoteRequest().getNote(ProbingHttp11Processor.NOTE));
        getNext().invoke(request, response);
    }
}
