package dev.usher.http;

/** What the edge must know of the instance that a request is for. */
public interface Site {
    String id();

    boolean isDevelopment();

    /** Whether a browser page of this origin may call. */
    boolean allowsOrigin(String origin);
}
