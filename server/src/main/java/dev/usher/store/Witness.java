package dev.usher.store;

/** Is told, inside a transaction, of what it does. What a witness writes commits with the change or not at all. */
public interface Witness {
    /** Told at once: what is deleted next is still there, what was made just now may not be whole yet. */
    void saw(Change change);

    /** The work is done, and nothing else changes before the commit. */
    void beforeCommit();

    /** Finds the witness of a transaction. */
    @FunctionalInterface
    interface Calling {
        Witness to(WriteTx tx);
    }
}
