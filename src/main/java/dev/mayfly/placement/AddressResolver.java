package dev.mayfly.placement;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up names. */
@FunctionalInterface
interface AddressResolver {

    /** All addresses of a name. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
