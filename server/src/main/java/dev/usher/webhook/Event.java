package dev.usher.webhook;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param position events that one node wrote are in the order of their positions
 */
record Event(String id, String instanceId, String type, long position, String sealedBody, Instant createdAt) {
    /** Never the body. */
    @Override
    public String toString() {
        return "Event[" + id + "]";
    }
}
