package dev.usher.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of a browser, for parts of the server that are measured alone. */
public final class AskedExchange {
    private AskedExchange() {}

    /** With these headers, by their names in lower case. */
    public static Exchange of(Site site, Map<String, String> headers, Instant now) {
        return new Exchange(new Asked(headers), Form.EMPTY, site, now, "trace", "POST");
    }

    private record Asked(Map<String, String> headers) implements Request {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/v1/client/sessions/sess_1/tokens";
        }

        @Override
        public String query() {
            return "";
        }

        @Override
        public List<String> headers(String name) {
            return Optional.ofNullable(headers.get(name)).stream().toList();
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
