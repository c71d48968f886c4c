package dev.usher.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Addresses of proxies in front of this server whose word is taken for where a request came from. */
public final class TrustedProxies {
    private final List<Block> blocks;

    private record Block(byte[] start, int bits) {
        boolean contains(byte[] address) {
            if (address.length != start.length) return false;
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) return false;
            }
            return true;
        }
    }

    private TrustedProxies(List<Block> blocks) {
        this.blocks = blocks;
    }

    /** Nobody's word. */
    public static TrustedProxies none() {
        return new TrustedProxies(List.of());
    }

    /** Of addresses and of blocks such as {@code 10.0.0.0/8}; empty when one of them is neither. */
    public static Optional<TrustedProxies> parse(List<String> texts) {
        List<Block> blocks = new ArrayList<>();
        for (String text : texts) {
            Optional<Block> block = block(text);
            if (block.isEmpty()) return Optional.empty();
            blocks.add(block.get());
        }
        return Optional.of(new TrustedProxies(List.copyOf(blocks)));
    }

    private static Optional<Block> block(String text) {
        String[] parts = text.split("/", 2);
        return bytes(parts[0]).flatMap(start -> bits(parts, start.length * 8).map(bits -> new Block(start, bits)));
    }

    private static Optional<Integer> bits(String[] parts, int most) {
        if (parts.length == 1) return Optional.of(most);
        return Optional.of(parts[1])
                .filter(bits -> bits.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .filter(bits -> bits <= most);
    }

    /** Never asks a name server. */
    private static Optional<byte[]> bytes(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isAddress(String text) {
        return bytes(text).isPresent();
    }

    boolean contains(String address) {
        return bytes(address)
                .filter(bytes -> blocks.stream().anyMatch(block -> block.contains(bytes)))
                .isPresent();
    }

    /** Of a chain of addresses, each added by the next proxy, the last that is none of ours: those before it may be made up. */
    Optional<String> firstStranger(List<String> chain) {
        for (String address : chain.reversed()) {
            if (!isAddress(address)) return Optional.empty();
            if (!contains(address)) return Optional.of(address);
        }
        return chain.stream().findFirst();
    }
}
