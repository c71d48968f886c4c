package dev.usher.http;

import java.time.Instant;
import java.util.List;

/** Requests for tests of rooms that stand on this one. */
public final class Exchanges {
    private Exchanges() {}

    /** A request without anything in it. */
    public static Exchange of(Site site, Instant now) {
        return new Exchange(new Empty(), Form.EMPTY, site, now, "trace", "POST");
    }

    private record Empty() implements Request {
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
            return "";
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
