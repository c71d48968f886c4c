package dev.usher.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Renders the caller's client for the envelope, as it is after the request. */
@FunctionalInterface
public interface Piggyback {
    @Nullable
    JsonNode clientOf(Exchange exchange);
}
