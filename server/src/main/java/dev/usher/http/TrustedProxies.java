package dev.usher.http;

import dev.usher.base.AddressBlock;
import java.util.List;
import java.util.Optional;

/** Addresses of proxies in front of this server whose word is taken for where a request came from. */
public final class TrustedProxies {
    private final List<AddressBlock> blocks;

    private TrustedProxies(List<AddressBlock> blocks) {
        this.blocks = blocks;
    }

    /** Nobody's word. */
    public static TrustedProxies none() {
        return new TrustedProxies(List.of());
    }

    /** Of addresses and of blocks such as {@code 10.0.0.0/8}; empty when one of them is neither. */
    public static Optional<TrustedProxies> parse(List<String> texts) {
        return AddressBlock.parseAll(texts).map(TrustedProxies::new);
    }

    static boolean isAddress(String text) {
        return AddressBlock.address(text).isPresent();
    }

    boolean contains(String address) {
        return !blocks.isEmpty()
                && AddressBlock.address(address)
                        .filter(one -> blocks.stream().anyMatch(block -> block.contains(one)))
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
