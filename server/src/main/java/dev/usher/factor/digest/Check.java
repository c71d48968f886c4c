package dev.usher.factor.digest;

/** Compares a password with one stored hash, in time that does not tell how far they agree. */
@FunctionalInterface
interface Check {
    boolean matches(byte[] password);

    /** Roughly the memory that one comparison takes. */
    default int memoryKib() {
        return 0;
    }

    /** The same comparison, known to take memory. */
    default Check taking(int kib) {
        Check plain = this;
        return new Check() {
            @Override
            public boolean matches(byte[] password) {
                return plain.matches(password);
            }

            @Override
            public int memoryKib() {
                return kib;
            }
        };
    }
}
