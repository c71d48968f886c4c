package dev.usher.intake;

/** The file is not of its format from some place on. What was read before is kept. */
final class BrokenFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenFile(String what) {
        super(what);
    }
}
