package dev.usher.app;

/** The version of this program, from the archive that it was packed into. */
final class Version {
    private Version() {}

    static String text() {
        String packed = Version.class.getPackage().getImplementationVersion();
        return packed == null ? "unpacked" : packed;
    }
}
