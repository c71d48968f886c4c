package dev.usher.base;

import com.github.f4b6a3.ksuid.KsuidFactory;
import java.time.Instant;
import java.util.HexFormat;

/** Ids as they stand on the wire: a prefix and a time-sortable KSUID of 27 characters. Never a secret. */
public final class Ids {
    private final KsuidFactory ksuids;
    private final Randomness randomness;

    public Ids(Randomness randomness) {
        this.randomness = randomness;
        this.ksuids = KsuidFactory.newInstance(randomness::bytes);
    }

    /** A new id such as {@code sess_2x…}. */
    public String next(String prefix, Instant now) {
        return prefix + "_" + ksuids.create(now);
    }

    /** A token id: 20 hexadecimal digits. */
    public String jti() {
        return HexFormat.of().formatHex(randomness.bytes(10));
    }

    /** A request's trace id: 32 hexadecimal digits. */
    public String trace() {
        return HexFormat.of().formatHex(randomness.bytes(16));
    }
}
