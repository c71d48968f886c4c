package dev.usher.store;

/**
 * Something that a transaction does and that others may want to be told of.
 *
 * @param type what happened, such as {@code user.updated}
 * @param id whom it happened to
 * @param subject what the witness needs to tell of it and cannot look up by the id; the id itself where there is nothing
 */
public record Change(String type, String id, Object subject) {
    public Change(String type, String id) {
        this(type, id, id);
    }
}
