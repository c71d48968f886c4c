package dev.usher.session;

import java.util.Locale;

/** The published statuses of a session. Only active and pending ones mint tokens; all others are final. */
public enum SessionStatus {
    ACTIVE,
    PENDING,
    ENDED,
    REMOVED,
    REPLACED,
    REVOKED,
    EXPIRED,
    ABANDONED;

    /** Whether the person counts as signed in. */
    public boolean isOpen() {
        return this == ACTIVE || this == PENDING;
    }

    /** The word on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status that a word of the wire stands for. */
    public static SessionStatus ofWire(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
