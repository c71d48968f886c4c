package dev.usher.bench;

import dev.usher.bench.ServerUnderTest.SignedIn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is measured, with the headers that a browser sends. */
enum Operation {
    MINT("mint a session token") {
        @Override
        byte[] request(String authority, People people, long number) {
            SignedIn person = people.inTurn(number);
            return post(authority, path(person, "/tokens"), person.cookie(), "organization_id=");
        }
    },
    CLIENT("read the client") {
        @Override
        byte[] request(String authority, People people, long number) {
            return get(authority, "/v1/client", people.inTurn(number).cookie());
        }
    },
    TOUCH("touch a session") {
        @Override
        byte[] request(String authority, People people, long number) {
            SignedIn person = people.inTurn(number);
            return post(authority, path(person, "/touch"), person.cookie(), "");
        }
    },
    END("end a session, by its browser") {
        @Override
        byte[] request(String authority, People people, long number) {
            if (number >= people.seeded() / 2) return new byte[0];
            SignedIn person = people.onlyOnce(number);
            return post(authority, path(person, "/end"), person.cookie(), "");
        }
    },
    REVOKE("revoke a session, by a server") {
        @Override
        byte[] request(String authority, People people, long number) {
            long seeded = people.seeded() / 2 + number;
            if (seeded >= people.seeded()) return new byte[0];
            String path = "/v1/sessions/" + people.onlyOnce(seeded).sessionId() + "/revoke";
            return ("POST " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nAuthorization: Bearer "
                            + people.secretKey()
                            + "\r\nClerk-API-Version: 2026-05-12\r\nUser-Agent: bench\r\nAccept: application/json\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    },
    SIGN_IN("sign in by password") {
        @Override
        byte[] request(String authority, People people, long number) {
            String form =
                    "identifier=" + encoded(people.email(number)) + "&password=" + encoded(ServerUnderTest.PASSWORD);
            return post(authority, "/v1/client/sign_ins", "", form);
        }

        /** A password is hashed for each, a few at a time; whoever comes beside them only waits. */
        @Override
        int connections() {
            return 8;
        }
    };

    private final String words;

    Operation(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /**
     * Whom requests come from: some who signed up, and many sessions that can be closed, each once; and the secret key of a
     * server of theirs.
     */
    record People(List<SignedIn> signedUp, long seeded, String secretKey) {
        SignedIn inTurn(long number) {
            return signedUp.get((int) (number * 7 % signedUp.size()));
        }

        SignedIn onlyOnce(long number) {
            return Seed.session(signedUp.getFirst(), number);
        }

        String email(long number) {
            return ServerUnderTest.email((int) (number % signedUp.size()));
        }
    }

    int connections() {
        return 64;
    }

    abstract byte[] request(String authority, People people, long number);

    private static String path(SignedIn person, String verb) {
        return "/v1/client/sessions/" + person.sessionId() + verb;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] get(String authority, String path, String cookie) {
        return bytes("GET", authority, path, cookie, "\r\n");
    }

    private static byte[] post(String authority, String path, String cookie, String form) {
        String body = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                + form;
        return bytes("POST", authority, path, cookie, body);
    }

    private static byte[] bytes(String method, String authority, String path, String cookie, String end) {
        return (method + " " + path + "?__clerk_api_version=2026-05-12&_clerk_js_version=6.40.0 HTTP/1.1\r\n"
                        + "Host: " + authority + "\r\n"
                        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36\r\n"
                        + "Accept: */*\r\nAccept-Language: en-GB,en;q=0.9\r\nAccept-Encoding: gzip, deflate, br\r\n"
                        + "Origin: http://localhost:3000\r\nReferer: http://localhost:3000/\r\n"
                        + "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n"
                        + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n")
                        + end)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
