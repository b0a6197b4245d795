package dev.mayfly.callbacks;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
@FunctionalInterface
interface HostLookup {

    InetAddress[] addresses(String host) throws UnknownHostException;
}
