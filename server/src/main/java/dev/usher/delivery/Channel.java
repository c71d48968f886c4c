package dev.usher.delivery;

import java.util.Locale;

/** The way that a message takes. */
public enum Channel {
    EMAIL,
    SMS;

    /** Its name in the database and on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Channel ofWire(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
