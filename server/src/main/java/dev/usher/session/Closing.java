package dev.usher.session;

import java.time.Instant;

/** How and when a session was closed by somebody; written once. */
public record Closing(SessionStatus status, Instant at) {}
