package dev.usher.http;

import dev.usher.base.Secret;
import java.time.Instant;
import java.util.Optional;

/** Finds the instance that a request is for. */
public interface Sites {
    /** The instance behind the host that a browser or an app called. */
    Site forFrontend(String host, Instant now);

    /** The instance whose secret key a server holds, when it is valid at this instant. */
    Optional<Site> forSecretKey(Secret secretKey, Instant now);
}
