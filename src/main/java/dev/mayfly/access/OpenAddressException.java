package dev.mayfly.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Mayfly was told to listen on an address that other machines reach, without API keys. */
class OpenAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OpenAddressException(ListenAddressCheck.ListenAddress listen) {
        super(listen.property() + " is " + describe(listen.address())
                + ", which other machines reach, and no API keys are configured.");
    }

    private static String describe(@Nullable InetAddress address) {
        return address == null || address.isAnyLocalAddress()
                ? "every address of this machine"
                : address.getHostAddress();
    }
}
