package dev.usher.doctor;

import java.util.Map;
import java.util.Optional;

/** What SDKs and this server give as reasons, and the fault behind each. */
public final class Reasons {
    private static final Map<String, Fault> HANDSHAKE = Map.ofEntries(
            Map.entry("dev-browser-missing", Fault.CIRCLE_COOKIES),
            Map.entry("dev-browser-sync", Fault.CIRCLE_COOKIES),
            Map.entry("client-uat-but-no-session-token", Fault.CIRCLE_COOKIES),
            Map.entry("session-token-but-no-client-uat", Fault.CIRCLE_COOKIES),
            Map.entry("session-token-and-uat-missing", Fault.CIRCLE_COOKIES),
            Map.entry("cookies-blocked", Fault.COOKIES_BLOCKED),
            Map.entry("session-token-missing", Fault.CIRCLE_KEYS),
            Map.entry("session-token-expired", Fault.CIRCLE_CLOCK),
            Map.entry("session-token-nbf", Fault.CIRCLE_CLOCK),
            Map.entry("token-not-active-yet", Fault.CIRCLE_CLOCK),
            Map.entry("session-token-iat-in-the-future", Fault.CIRCLE_CLOCK),
            Map.entry("session-token-iat-before-client-uat", Fault.CIRCLE_CLOCK),
            Map.entry("active-organization-mismatch", Fault.CIRCLE_ORGANIZATION),
            Map.entry("primary-domain-cross-origin-sync", Fault.CIRCLE_ORIGIN));

    private static final Map<String, Fault> REFUSALS = Map.ofEntries(
            Map.entry("origin_invalid", Fault.ORIGIN_NOT_ALLOWED),
            Map.entry("origin_missing", Fault.ORIGIN_MISSING),
            Map.entry("origin_authorization_headers_conflict", Fault.ORIGIN_AND_AUTHORIZATION),
            Map.entry("redirect_url_not_associated_with_instance", Fault.REDIRECT_URL_NOT_ALLOWED),
            Map.entry("proxy_request_missing_secret_key", Fault.PROXY_WITHOUT_KEY),
            Map.entry("proxy_request_invalid_secret_key", Fault.PROXY_KEY_REFUSED),
            Map.entry("invalid_proxy_configuration", Fault.PROXY_URL_INVALID),
            Map.entry("forwarded-by-a-stranger", Fault.PROXY_NOT_TRUSTED),
            Map.entry("host_invalid", Fault.HOST_UNKNOWN),
            Map.entry("clerk_key_invalid", Fault.KEY_REFUSED_BY_SERVER),
            Map.entry("api_version_invalid", Fault.DATE_VERSION_UNKNOWN),
            Map.entry("dev_browser_unauthenticated", Fault.DEVELOPMENT_BROWSER_UNKNOWN),
            Map.entry("native_api_disabled", Fault.NATIVE_OFF),
            Map.entry("headers-too-large", Fault.REQUEST_TOO_LARGE));

    private Reasons() {}

    /** A reason as this house knows it: nothing of a request is repeated that is not in the table. */
    public static String known(String given) {
        String reason = given.startsWith("session-token-expired") ? "session-token-expired" : given;
        return HANDSHAKE.containsKey(reason) ? reason : "unknown";
    }

    /** Why handshakes for this reason do not come to an end. */
    public static Fault ofCircle(String reason) {
        return HANDSHAKE.getOrDefault(known(reason), Fault.CIRCLE_KEYS);
    }

    /** The fault of a set-up behind a refusal; most refusals have none, since somebody merely mistyped. */
    static Optional<Fault> ofRefusal(String code) {
        return Optional.ofNullable(REFUSALS.get(code));
    }
}
