package dev.usher.checks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One client of the Frontend API, be it a browser with a cookie, a browser with a development token, or a native app. Keeps
 * what it is given and shows it again; every answer goes past the witness.
 */
public final class Fapi {
    public static final String NEWEST = "2026-05-12";
    public static final String ORIGIN = "http://localhost:3000";
    static final String FORM = "application/x-www-form-urlencoded";

    private enum Kind {
        COOKIE,
        DEV_BROWSER,
        NATIVE
    }

    /** How its requests are sent. */
    private interface Way {
        Answer send(Call call) throws IOException;
    }

    private final RunningUsher usher;
    private final Kind kind;
    private final Way way;
    private String token = "";
    private String devBrowser = "";
    private String version = NEWEST;
    private String origin = ORIGIN;

    private Fapi(RunningUsher usher, Kind kind) {
        this(usher, kind, usher::send);
    }

    private Fapi(RunningUsher usher, Kind kind, Way way) {
        this.usher = usher;
        this.kind = kind;
        this.way = way;
    }

    static Fapi browser(RunningUsher usher) {
        return new Fapi(usher, Kind.COOKIE);
    }

    static Fapi devBrowser(RunningUsher usher) {
        Fapi fapi = new Fapi(usher, Kind.DEV_BROWSER);
        fapi.devBrowser = fapi.post("/v1/dev_browser").string("/id");
        return fapi;
    }

    static Fapi nativeApp(RunningUsher usher) {
        return new Fapi(usher, Kind.NATIVE);
    }

    /** Another caller that holds the same credentials as this one holds now. */
    public Fapi copy() {
        return at(usher, way);
    }

    /** The same client, calling another node of the same server. */
    public Fapi at(RunningUsher node) {
        return at(node, node::send);
    }

    /** The same client on a connection of its own, past the witness. */
    public Fapi over(KeptConnection connection) {
        return at(usher, connection::send);
    }

    private Fapi at(RunningUsher node, Way other) {
        Fapi copy = new Fapi(node, kind, other);
        copy.token = token;
        copy.devBrowser = devBrowser;
        copy.version = version;
        copy.origin = origin;
        return copy;
    }

    /** The same caller, asking for another version of the API; none when empty. */
    public Fapi version(String date) {
        Fapi copy = copy();
        copy.version = date;
        return copy;
    }

    public Fapi origin(String value) {
        Fapi copy = copy();
        copy.origin = value;
        return copy;
    }

    /** The same kind of caller with another client credential. */
    public Fapi credential(String value) {
        Fapi copy = copy();
        copy.token = value;
        return copy;
    }

    /** The client credential it holds: the cookie's value or the native token. */
    public String credential() {
        return token;
    }

    public String devBrowserToken() {
        return devBrowser;
    }

    public Answer get(String path) {
        return send(call("GET", path));
    }

    public Answer post(String path, String... form) {
        return send(call("POST", path, form));
    }

    public Answer patch(String path, String... form) {
        return send(call("POST", withQuery(path, "_method=PATCH"), form));
    }

    public Answer put(String path, String... form) {
        return send(call("POST", withQuery(path, "_method=PUT"), form));
    }

    public Answer delete(String path) {
        return send(call("POST", withQuery(path, "_method=DELETE")));
    }

    /** A request as this caller makes it, for a test to spoil before it is sent. */
    public Call call(String method, String path, String... form) {
        String target = version.isEmpty() ? path : withQuery(path, "__clerk_api_version=" + version);
        if (kind == Kind.NATIVE) target = withQuery(target, "_is_native=1");
        if (!devBrowser.isEmpty()) target = withQuery(target, "__clerk_db_jwt=" + devBrowser);
        Call call = Call.of(method, target);
        if (kind == Kind.NATIVE) call = call.with("Authorization", token);
        else {
            if (!origin.isEmpty()) call = call.with("Origin", origin);
            if (!token.isEmpty()) call = call.with("Cookie", "__client=" + token);
        }
        if (!method.equals("POST")) return call;
        return call.with("Content-Type", FORM).with(Wire.form(form).getBytes(StandardCharsets.UTF_8));
    }

    private static String withQuery(String path, String pair) {
        return path + (path.contains("?") ? "&" : "?") + pair;
    }

    /** Sends a request and keeps the credential that comes back. */
    public Answer send(Call call) {
        try {
            Answer answer = way.send(call);
            given(answer).ifPresent(value -> token = value);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(call.toString(), e);
        }
    }

    private Optional<String> given(Answer answer) {
        if (kind == Kind.NATIVE) return answer.headers("authorization").stream().reduce((first, last) -> last);
        return answer.headers("set-cookie").stream()
                .filter(cookie -> cookie.startsWith("__client="))
                .map(cookie -> cookie.substring(9).split(";", 2)[0])
                .reduce((first, last) -> last);
    }

    // What tests do over and over.

    /** Makes an account and signs in to it; returns the session. */
    public String signUp(Person person) {
        String id = require(post("/v1/client/sign_ups", "email_address", person.email(), "password", person.password()))
                .string("/response/id");
        require(post("/v1/client/sign_ups/" + id + "/prepare_verification", "strategy", "email_code"));
        Answer done = require(post(
                "/v1/client/sign_ups/" + id + "/attempt_verification",
                "strategy",
                "email_code",
                "code",
                usher.codeFor(person)));
        return session(done);
    }

    /** Signs in by password; returns the session. */
    public String signIn(Person person) {
        return session(
                require(post("/v1/client/sign_ins", "identifier", person.email(), "password", person.password())));
    }

    /** Signs in by a code to an address of a test; returns the session. */
    public String signInByCode(Person person) {
        String id = require(post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
        String path = "/v1/client/sign_ins/" + id + "/attempt_first_factor";
        return session(require(post(path, "strategy", "email_code", "code", "424242")));
    }

    private static String session(Answer done) {
        String session = done.string("/response/created_session_id");
        if (session.isEmpty()) throw new AssertionError("no session was made: " + done);
        return session;
    }

    public Answer client() {
        return get("/v1/client");
    }

    /** The ids of the sessions that the client lists. */
    public List<String> sessions() {
        List<String> ids = new ArrayList<>();
        require(client())
                .at("/response/sessions")
                .forEach(one -> ids.add(one.path("id").asString()));
        return ids;
    }

    public Answer mint(String session) {
        return post("/v1/client/sessions/" + session + "/tokens");
    }

    public Answer session(String id, String action) {
        return post("/v1/client/sessions/" + id + "/" + action);
    }

    public static Answer require(Answer answer) {
        if (answer.status() != 200) throw new AssertionError("refused: " + answer);
        return answer;
    }
}
