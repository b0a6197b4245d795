package dev.mayfly.callbacks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;

/** The addresses of the Internet at large: all but those that IANA has set aside for special purposes. */
final class PublicAddresses {

    /** The first bytes of a network, and how many bits of them count. */
    private static final class Network {

        private final byte[] prefix;
        private final int bits;

        Network(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Network network(String hex, int bits) {
        return new Network(HexFormat.of().parseHex(hex), bits);
    }

    private static final List<Network> SPECIAL_4 = List.of(
            network("00", 8), // this network
            network("0a", 8), // private
            network("6440", 10), // behind carriers' translators
            network("7f", 8), // loopback
            network("a9fe", 16), // link-local, where clouds have their metadata
            network("ac10", 12), // private
            network("c00000", 24), // protocol assignments
            network("c00002", 24), // documentation
            network("c05863", 24), // relays to IPv6
            network("c0a8", 16), // private
            network("c612", 15), // benchmarks
            network("c63364", 24), // documentation
            network("cb0071", 24), // documentation
            network("e0", 3)); // multicast, reserved, broadcast

    private static final Network GLOBAL_6 = network("20", 3);

    private static final List<Network> SPECIAL_6 = List.of(
            network("200100", 23), // protocol assignments, tunnels
            network("20010db8", 32), // documentation
            network("2002", 16), // IPv4 in it
            network("3fff00", 20)); // documentation

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? SPECIAL_4.stream().noneMatch(network -> network.contains(bytes))
                : GLOBAL_6.contains(bytes) && SPECIAL_6.stream().noneMatch(network -> network.contains(bytes));
    }

    /** Whether no name of a private service is meant to stand for it: where clouds give out credentials, or many listen. */
    static boolean isNeverMeant(InetAddress address) {
        return address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress();
    }
}
