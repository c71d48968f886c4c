package dev.usher.http;

/** Refusals of handshakes, of proxies and of the renewal of session tokens by servers. */
public final class HandshakeErrors {
    private HandshakeErrors() {}

    public static Refusal redirectUrlMissing() {
        return new Refusal(
                400,
                "invalid_handshake",
                "invalid handshake",
                "A handshake needs redirect_url, the page to go back to.");
    }

    public static Refusal redirectUrlInvalid() {
        return new Refusal(
                        422,
                        "invalid_redirect_url",
                        "invalid redirect URL",
                        "redirect_url is no absolute http or https address.")
                .param("redirect_url");
    }

    public static Refusal redirectUrlForeign() {
        return new Refusal(
                        422,
                        "redirect_url_not_associated_with_instance",
                        "redirect URL not allowed",
                        "redirect_url leads to an origin that is not one of this instance's."
                                + " Add its origin to the allowed origins.")
                .param("redirect_url");
    }

    public static Refusal payloadNotFound() {
        return new Refusal(
                404, "resource_not_found", "not found", "This nonce was redeemed already, has expired or never was.");
    }

    public static Refusal proxyKeyMissing() {
        return new Refusal(
                400,
                "proxy_request_missing_secret_key",
                "secret key missing",
                "A proxy that sends Clerk-Proxy-Url has to send Clerk-Secret-Key too.");
    }

    public static Refusal proxyKeyInvalid() {
        return new Refusal(
                401,
                "proxy_request_invalid_secret_key",
                "secret key invalid",
                "The proxy's Clerk-Secret-Key is not one of this instance's keys.");
    }

    public static Refusal proxyInvalid(String why) {
        return new Refusal(422, "invalid_proxy_configuration", "invalid proxy configuration", why).param("proxy_url");
    }

    // Renewal of an expired session token; each makes SDKs go on with a handshake.

    public static Refusal refreshOriginInvalid() {
        return new Refusal(
                401, "refresh_request_origin_invalid", "session not refreshed", "request_origin is no origin.");
    }

    public static Refusal expiredTokenInvalid() {
        return new Refusal(
                401,
                "expired_session_token_invalid",
                "session not refreshed",
                "expired_token is no session token of this instance.");
    }

    public static Refusal expiredTokenWithoutParty() {
        return new Refusal(
                401,
                "expired_session_token_missing_azp",
                "session not refreshed",
                "expired_token says nothing of its origin (azp).");
    }

    public static Refusal refreshOriginMismatch() {
        return new Refusal(
                401,
                "refresh_request_origin_azp_mismatch",
                "session not refreshed",
                "expired_token is for another origin.");
    }

    public static Refusal expiredTokenWithoutSession() {
        return new Refusal(
                401,
                "expired_session_token_missing_sid",
                "session not refreshed",
                "expired_token names no session (sid).");
    }

    public static Refusal refreshSessionMismatch() {
        return new Refusal(
                401, "refresh_sid_mismatch", "session not refreshed", "expired_token is for another session.");
    }

    public static Refusal refreshTokenNotFound() {
        return new Refusal(
                401,
                "refresh_token_not_found",
                "session not refreshed",
                "The refresh token is none of this session's.");
    }

    public static Refusal refreshSessionNotFound() {
        return new Refusal(
                401, "session_refresh_session_not_found", "session not refreshed", "This session does not exist.");
    }

    public static Refusal refreshSessionInactive() {
        return new Refusal(401, "session_refresh_inactive_session", "session not refreshed", "This session is over.");
    }

    public static Refusal refreshUserNotFound() {
        return new Refusal(
                401, "session_refresh_user_not_found", "session not refreshed", "The session's user does not exist.");
    }

    public static Refusal expiredTokenConsumed() {
        return new Refusal(
                401,
                "session_refresh_expired_session_token_consumed",
                "session not refreshed",
                "expired_token was renewed already.");
    }

    public static Refusal expiredTokenWithoutTime() {
        return new Refusal(
                401,
                "session_refresh_expired_session_token_missing_iat",
                "session not refreshed",
                "expired_token has no time of issue (iat).");
    }

    public static Refusal expiredTokenTooOld() {
        return new Refusal(
                401,
                "session_refresh_expired_session_token_too_old",
                "session not refreshed",
                "expired_token is too old to be renewed.");
    }

    public static Refusal tokenNotExpired() {
        return new Refusal(
                401,
                "session_refresh_session_token_ineligible",
                "session not refreshed",
                "The token has not expired yet.");
    }
}
