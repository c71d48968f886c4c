package dev.usher.session;

/** What a person has to do before a session counts as signed in. */
public enum SessionTask {
    CHOOSE_ORGANIZATION("choose-organization");

    private final String wire;

    SessionTask(String wire) {
        this.wire = wire;
    }

    /** The word on the wire. */
    public String wire() {
        return wire;
    }
}
