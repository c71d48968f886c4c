package dev.usher.http;

import java.time.Instant;
import java.util.List;

/** Requests for tests of rooms that stand on this one. */
public final class Exchanges {
    private Exchanges() {}

    /** A request without anything in it. */
    public static Exchange of(Site site, Instant now) {
        return of(site, "", now);
    }

    /** A request of a native app that has no client yet. */
    public static Exchange ofNewApp(Site site, Instant now) {
        return of(site, "_is_native=1", now);
    }

    private static Exchange of(Site site, String query, Instant now) {
        return new Exchange(new Bare("/", query), Form.parse(query), site, now, "trace", "POST");
    }

    /** A request with an address and nothing else. */
    record Bare(String path, String query) implements Request {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public byte[] body(int limitBytes) {
            return new byte[0];
        }

        @Override
        public String peerAddress() {
            return "127.0.0.1";
        }

        @Override
        public boolean isSecure() {
            return false;
        }
    }
}
