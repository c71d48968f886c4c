package dev.usher.http;

import java.time.Instant;
import java.util.List;

/** Requests for tests that begin behind the edge. */
public final class Exchanges {
    private Exchanges() {}

    /** A request of a native app that has no client yet. */
    public static Exchange ofNewApp(Site site, Instant now) {
        Form query = Form.parse("_is_native=1");
        return new Exchange(new Bare(), query, site, now, "trace", "POST");
    }

    private record Bare() implements Request {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String query() {
            return "_is_native=1";
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
