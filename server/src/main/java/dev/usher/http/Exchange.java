package dev.usher.http;

import dev.usher.base.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request on its way through the server: read once, believed only as far as it was checked. */
public final class Exchange {
    static final int BODY_LIMIT_BYTES = 64 * 1024;
    private static final int JSON_LIMIT_BYTES = 512 * 1024;
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String JSON_TYPE = "application/json";

    private final Request request;
    private final Instant now;
    private final String traceId;
    private final Form query;
    private final Site site;
    private final String method;
    private ApiVersion apiVersion = ApiVersion.NEWEST;
    private Map<String, String> params = Map.of();
    private String pattern = "";
    private @Nullable Credentials credentials;
    private Optional<String> party = Optional.empty();
    private final Arrival arrival;
    private final List<Reply.Header> replyHeaders = new ArrayList<>();
    private final Map<Object, String> madeOnce = new HashMap<>(2);

    Exchange(Request request, Form query, Site site, Instant now, String traceId, String method) {
        this(request, query, site, Arrival.direct(request), now, traceId, method);
    }

    /**
     * @param arrival on which way the request came
     */
    Exchange(Request request, Form query, Site site, Arrival arrival, Instant now, String traceId, String method) {
        this.request = request;
        this.query = query;
        this.site = site;
        this.now = now;
        this.traceId = traceId;
        this.method = method;
        this.arrival = arrival;
    }

    /** The one instant that this request counts as its time. */
    public Instant now() {
        return now;
    }

    String traceId() {
        return traceId;
    }

    /** The method after {@code _method}. */
    String method() {
        return method;
    }

    /** Whether the answer's headers alone are asked for. */
    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether a browser fetches a page ahead that its person may never open. */
    public boolean isPrefetch() {
        return Stream.of("sec-purpose", "purpose", "x-purpose", "x-moz")
                .flatMap(name -> header(name).stream())
                .anyMatch(value -> value.contains("prefetch") || value.contains("preview"));
    }

    /** The instance that the request is for. */
    public Site site() {
        return site;
    }

    public ApiVersion apiVersion() {
        return apiVersion;
    }

    /** Whether an API is called, and not a page. */
    boolean isForApi() {
        String path = request.path();
        return path.startsWith("/v1/") || path.equals("/v1") || path.startsWith("/.well-known/");
    }

    /** The pattern of the operation, such as {@code /v1/client/sessions/{session_id}}. */
    String pattern() {
        return pattern;
    }

    void routed(Router.Match match, ApiVersion version) {
        params = match.params();
        pattern = match.pattern();
        apiVersion = version;
    }

    /** A path parameter of the operation. */
    public String param(String name) {
        return Optional.ofNullable(params.get(name)).orElseThrow(Errors::noSuchRoute);
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return query.given(name);
    }

    /** Every value of a query parameter, in order. */
    public List<String> queries(String name) {
        return query.all(name);
    }

    /** The values of a query parameter that may stand more than once or hold several with commas between them. */
    public List<String> queryList(String name) {
        return query.all(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The query as it was sent. */
    public String rawQuery() {
        return request.query();
    }

    /** The page that a browser wants to be sent back to, unchecked. */
    Optional<String> target() {
        return query.given("redirect_url");
    }

    /** Whether somebody says how the browser's own connection looks, and is not believed. */
    public boolean isForwardedByStranger() {
        boolean otherScheme = header("x-forwarded-proto")
                .filter(proto -> proto.equals("https") != isSecure())
                .isPresent();
        boolean otherHost = header("x-forwarded-host")
                .filter(host -> !host.equalsIgnoreCase(host()))
                .isPresent();
        return proxyUrl().isEmpty() && (otherScheme || otherHost);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return request.header(name);
    }

    List<String> headers(String name) {
        return request.headers(name);
    }

    /** A cookie's value; where one name stands twice, the first. */
    public Optional<String> cookie(String name) {
        return request.headers("cookie").stream()
                .flatMap(line -> Stream.of(line.split(";", -1)))
                .map(String::trim)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /** The page's origin as the browser states it; empty for none and for the opaque {@code null}. */
    public Optional<String> origin() {
        return header("origin").filter(origin -> !origin.isEmpty() && !origin.equals("null"));
    }

    /**
     * The origin that a token is minted for: the Origin header, else the page that the browser names as referrer, since
     * browsers send no Origin with same-origin GETs. In a handshake, the origin of the page to go back to.
     */
    public Optional<String> authorizedParty() {
        return party.or(this::origin).or(() -> header("referer").flatMap(Origins::ofUrl));
    }

    /** Tokens of this exchange are for pages of this origin, wherever the request itself came from. */
    public void authorize(String origin) {
        party = Optional.of(origin);
    }

    public Optional<String> userAgent() {
        return header("user-agent");
    }

    /** Where it comes from, for the work that is done for it. */
    Origin source() {
        return new Origin(Optional.of(address()), userAgent());
    }

    /** The address of the caller, as far as it can be believed. */
    public String address() {
        return arrival.address();
    }

    public boolean isSecure() {
        return arrival.isSecure();
    }

    /** The origin under which the caller reached this server. */
    public String ownOrigin() {
        return (isSecure() ? "https://" : "http://") + arrival.host();
    }

    /** The host, with its port, under which the caller reached this server. */
    public String host() {
        return arrival.host();
    }

    /** Whether pages of this origin may call: the instance's, and the application's whose proxy proved to be one. */
    boolean allowsOrigin(String origin) {
        return site.allowsOrigin(origin)
                || proxyUrl().flatMap(Origins::ofUrl).filter(origin::equals).isPresent();
    }

    /** The address of a proxy of the application that proved to be one, under which the Frontend API was called. */
    public Optional<String> proxyUrl() {
        return arrival.proxyUrl();
    }

    /** Whether the caller is an app that keeps its client token itself. */
    public boolean isNative() {
        return query.given("_is_native").filter(Set.of("1", "true")::contains).isPresent();
    }

    /** A text that is dear to make, made once for what it is made of, however often this request asks for it. */
    public String once(Object of, Supplier<String> text) {
        String made = madeOnce.get(of);
        if (made == null) {
            made = text.get();
            madeOnce.put(of, made);
        }
        return made;
    }

    /** What the request shows of its client. */
    public Credentials credentials() {
        if (credentials == null) credentials = Credentials.of(this);
        return credentials;
    }

    /** From now on in this request the client is the one with this token: it was made or its secret was rotated. */
    public void becomes(ClientToken token) {
        Credentials shown = credentials();
        credentials = new Credentials(shown.isNative(), Optional.of(token), shown.devBrowser());
    }

    /**
     * The body's fields, which must be among these.
     *
     * @throws Refusal for another content type, unknown and doubled fields
     */
    public Form form(String... known) {
        return formWithLists(Set.of(), known);
    }

    /** Like {@link #form}, with fields that may stand more than once. */
    public Form formWithLists(Set<String> lists, String... known) {
        byte[] body = request.body(BODY_LIMIT_BYTES);
        if (body.length > 0) requireFormType();
        List<String> names = List.of(known);
        Set<String> older = olderFields();
        return Form.parse(new String(body, StandardCharsets.UTF_8))
                .only(name -> names.contains(name) || lists.contains(name) || older.contains(name), lists);
    }

    private Set<String> withOlder(String... known) {
        return Stream.concat(Stream.of(known), olderFields().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> olderFields() {
        return DatedChange.olderFields(apiVersion, method, pattern);
    }

    /**
     * The file that is uploaded, as a part of a form or as the whole body.
     *
     * @throws Refusal for another content type, a form without that part, and for more bytes than the limit has in base64
     */
    public byte[] upload(String field, int limitBytes) {
        return switch (contentType()) {
            case "application/octet-stream" -> request.body(limitBytes / 3 * 4 + BODY_LIMIT_BYTES);
            case "multipart/form-data" ->
                Multipart.part(
                        request.body(limitBytes + BODY_LIMIT_BYTES),
                        header("content-type").orElseThrow(),
                        field);
            default -> throw Errors.unsupportedContentType(printable(contentType()));
        };
    }

    /**
     * The fields of a JSON body, which must be among these; a request without a body has none.
     *
     * @throws Refusal for another content type, what is no JSON object, unknown and doubled fields
     */
    public Body body(String... known) {
        return Body.parse(json(), withOlder(known));
    }

    /** Like {@link #body}, for a body that is an array of such objects. */
    public List<Body> bodies(String... known) {
        return Body.parseList(json(), Set.of(known));
    }

    private byte[] json() {
        byte[] body = request.body(JSON_LIMIT_BYTES);
        if (body.length > 0 && !contentType().equals(JSON_TYPE))
            throw BodyErrors.unsupportedType(printable(contentType()));
        return body;
    }

    private void requireFormType() {
        if (!contentType().equals(FORM_TYPE)) throw Errors.unsupportedContentType(printable(contentType()));
    }

    private String contentType() {
        return header("content-type").orElse("none").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^a-z0-9/+.-]", "");
        return clean.length() > 60 ? clean.substring(0, 60) : clean;
    }

    /** Gives the answer a header, whatever the answer will be; the last value of a name, and of a cookie, counts. */
    public void replyHeader(String name, String value) {
        Reply.Header header = new Reply.Header(name, value);
        replyHeaders.removeIf(header::replaces);
        replyHeaders.add(header);
    }

    /** The client's cookie comes last: some proxies of applications keep the last cookie of an answer and no other. */
    List<Reply.Header> replyHeaders() {
        return replyHeaders.stream()
                .sorted(Comparator.comparing(header -> header.value().startsWith("__client=")))
                .toList();
    }
}
