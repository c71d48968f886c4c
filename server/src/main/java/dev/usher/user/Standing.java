package dev.usher.user;

/** How far an identifier is its user's own. */
public enum Standing {
    /** As good as proved by the person. */
    VERIFIED,
    /** Not proved, and still nobody else can have it; its user may sign in with it. */
    RESERVED,
    /** Somebody else may prove to own it first. */
    UNVERIFIED;

    /** Whether one may sign in with such an identifier. */
    public boolean isClaim() {
        return this != UNVERIFIED;
    }
}
