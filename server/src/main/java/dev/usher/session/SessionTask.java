package dev.usher.session;

/**
 * What a person has to do before a session counts as signed in, in the order in which they are asked for it. The prebuilt
 * form for another password leaves for the app as soon as that is set, and so comes last.
 */
public enum SessionTask {
    SETUP_MFA("setup-mfa"),
    CHOOSE_ORGANIZATION("choose-organization"),
    RESET_PASSWORD("reset-password");

    private final String wire;

    SessionTask(String wire) {
        this.wire = wire;
    }

    /** The word on the wire. */
    public String wire() {
        return wire;
    }
}
