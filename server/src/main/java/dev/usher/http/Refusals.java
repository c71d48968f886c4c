package dev.usher.http;

import java.time.Instant;
import java.util.Optional;

/** Is told of every request that is refused, so that somebody can be told why. Answers do not wait for it and do not change. */
@FunctionalInterface
public interface Refusals {
    /**
     * A request was refused.
     *
     * @param site the instance that it was for; one that was refused before that was known counts for the host that it called
     * @param origin the page's origin as the request stated it
     */
    void refused(Site site, String host, Optional<String> origin, String code, Instant now);
}
