package dev.usher.webhook;

import dev.usher.base.AddressBlock;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses may be called. Those of the public internet may; others only where they are allowed, so that nobody who may
 * name an endpoint can make this server call what stands beside it. Plain http goes to allowed addresses alone.
 */
final class Reach {
    private static final List<AddressBlock> LOOPBACK = blocks("127.0.0.0/8", "::1");
    /** Of no use or another one than to be reached from anywhere: RFC 6890 and the registries of IANA. */
    private static final List<AddressBlock> SPECIAL = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");
    /** All other addresses of version 6 are local, embed one of version 4, or are not given out. */
    private static final List<AddressBlock> GLOBAL_6 = blocks("2000::/3");

    private final List<AddressBlock> allowed;
    private final boolean loopback;

    /**
     * @param allowed blocks that may be called besides public ones
     * @param loopback whether this machine may be
     */
    Reach(List<AddressBlock> allowed, boolean loopback) {
        this.allowed = List.copyOf(allowed);
        this.loopback = loopback;
    }

    private static List<AddressBlock> blocks(String... texts) {
        return AddressBlock.parseAll(List.of(texts)).orElseThrow();
    }

    boolean allows(InetAddress address, boolean encrypted) {
        return isAllowed(address) || (encrypted && isPublic(address));
    }

    private boolean isAllowed(InetAddress address) {
        return (loopback && isIn(LOOPBACK, address)) || isIn(allowed, address);
    }

    private static boolean isPublic(InetAddress address) {
        boolean global = address.getAddress().length == 4 || isIn(GLOBAL_6, address);
        return global && !isIn(SPECIAL, address);
    }

    private static boolean isIn(List<AddressBlock> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
