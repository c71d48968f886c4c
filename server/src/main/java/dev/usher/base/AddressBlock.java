package dev.usher.base;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Network addresses that begin with the same bits, such as {@code 10.0.0.0/8}, or a single one. */
public final class AddressBlock {
    private final byte[] start;
    private final int bits;

    private AddressBlock(byte[] start, int bits) {
        this.start = start;
        this.bits = bits;
    }

    /** The block, or empty when the text is none. */
    public static Optional<AddressBlock> parse(String text) {
        String[] parts = text.split("/", 2);
        return address(parts[0])
                .map(InetAddress::getAddress)
                .flatMap(start -> bits(parts, start.length * 8).map(bits -> new AddressBlock(start, bits)));
    }

    /** All of them, or empty when one text is none. */
    public static Optional<List<AddressBlock>> parseAll(List<String> texts) {
        List<AddressBlock> blocks = new ArrayList<>();
        for (String text : texts) {
            Optional<AddressBlock> block = parse(text);
            if (block.isEmpty()) return Optional.empty();
            blocks.add(block.get());
        }
        return Optional.of(List.copyOf(blocks));
    }

    private static Optional<Integer> bits(String[] parts, int most) {
        if (parts.length == 1) return Optional.of(most);
        return Optional.of(parts[1])
                .filter(bits -> bits.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .filter(bits -> bits <= most);
    }

    /** The address that the text is; never asks a name server. */
    public static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress one) {
        byte[] address = one.getAddress();
        if (address.length != start.length) return false;
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) return false;
        }
        return true;
    }
}
