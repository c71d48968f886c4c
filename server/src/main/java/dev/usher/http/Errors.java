package dev.usher.http;

import java.time.Duration;

/** Every refusal that Usher sends, by its published code and status. SDKs translate by code; the wording is ours. */
public final class Errors {
    private Errors() {}

    // Requests as such.

    public static Refusal notFound(String what, String id) {
        return new Refusal(404, "resource_not_found", "not found", "No " + what + " was found with id " + id + ".");
    }

    public static Refusal noSuchRoute() {
        return new Refusal(404, "resource_not_found", "not found", "This URL leads to no resource.");
    }

    public static Refusal malformedParameters(String why) {
        return new Refusal(400, "malformed_request_parameters", "malformed parameters", why);
    }

    public static Refusal unsupportedContentType(String found) {
        return new Refusal(
                415,
                "unsupported_content_type",
                "content type not supported",
                "The body must be application/x-www-form-urlencoded, not " + found + ".");
    }

    public static Refusal bodyTooLarge(int limitBytes) {
        return new Refusal(
                413, "request_body_too_large", "body too large", "A body may have " + limitBytes + " bytes at most.");
    }

    public static Refusal apiVersionInvalid(String why) {
        return new Refusal(400, "api_version_invalid", "API version invalid", why);
    }

    public static Refusal originInvalid() {
        return new Refusal(
                400, "origin_invalid", "origin not allowed", "The Origin header names an origin that is not allowed.");
    }

    public static Refusal originMissing() {
        return new Refusal(
                400, "origin_missing", "origin missing", "A browser's request that changes something has an Origin.");
    }

    public static Refusal originAndAuthorization() {
        return new Refusal(
                400,
                "origin_authorization_headers_conflict",
                "Origin and Authorization exclude each other",
                "A browser sends Origin, a native app sends Authorization; this request has both.");
    }

    public static Refusal hostInvalid() {
        return new Refusal(400, "host_invalid", "host invalid", "This server does not answer under that host name.");
    }

    public static Refusal manyOrigins() {
        return new Refusal(
                400, "multiple_origin_header_values_forbidden", "several Origin headers", "Origin may stand once.");
    }

    public static Refusal manyAuthorizations() {
        return new Refusal(
                400,
                "multiple_authorization_header_values_forbidden",
                "several Authorization headers",
                "Authorization may stand once.");
    }

    public static Refusal authorizationFormat() {
        return new Refusal(
                401,
                "authorization_header_format_invalid",
                "Authorization header malformed",
                "The Authorization header is not of the form that this API reads.");
    }

    public static Refusal secretKeyInvalid() {
        return new Refusal(
                401, "clerk_key_invalid", "secret key invalid", "The secret key is not one of this instance's keys.");
    }

    public static Refusal nativeApiDisabled() {
        return new Refusal(
                400, "native_api_disabled", "native API disabled", "This instance does not serve native apps.");
    }

    // Form fields.

    public static Refusal missing(String param) {
        return new Refusal(422, "form_param_missing", "is missing", "The field " + param + " is missing.").param(param);
    }

    public static Refusal empty(String param) {
        return new Refusal(422, "form_param_nil", "is empty", "The field " + param + " must not be empty.")
                .param(param);
    }

    public static Refusal unknownField(String param) {
        return new Refusal(422, "form_param_unknown", "is unknown", param + " is no field of this request.")
                .param(param);
    }

    public static Refusal doubledField(String param) {
        return new Refusal(422, "form_param_duplicate", "is doubled", "The field " + param + " may stand once.")
                .param(param);
    }

    public static Refusal invalidValue(String param, String why) {
        return new Refusal(422, "form_param_value_invalid", "is invalid", why).param(param);
    }

    public static Refusal invalidFormat(String param, String why) {
        return new Refusal(422, "form_param_format_invalid", "has the wrong format", why).param(param);
    }

    public static Refusal identifierExists(String param) {
        return new Refusal(
                        422,
                        "form_identifier_exists",
                        "already exists",
                        "That " + param.replace('_', ' ') + " is taken. Please try another.")
                .param(param);
    }

    public static Refusal identifierNotFound() {
        return new Refusal(422, "form_identifier_not_found", "not found", "Couldn't find your account.")
                .param("identifier");
    }

    public static Refusal resourceOfFormNotFound(String param) {
        return new Refusal(422, "form_resource_not_found", "not found", "The field " + param + " names nothing known.")
                .param(param);
    }

    // Who is calling.

    public static Refusal signedOut() {
        return new Refusal(401, "signed_out", "signed out", "You are signed out.");
    }

    public static Refusal authenticationInvalid() {
        return new Refusal(
                401, "authentication_invalid", "authentication invalid", "This session can no longer be used.");
    }

    public static Refusal clientNotFound() {
        return new Refusal(400, "client_not_found", "client not found", "This request belongs to no known client.");
    }

    public static Refusal devBrowserUnauthenticated() {
        return new Refusal(
                401,
                "dev_browser_unauthenticated",
                "browser unauthenticated",
                "This browser is not known to the development instance.");
    }

    public static Refusal userBanned() {
        return new Refusal(403, "user_banned", "user banned", "This account has been banned.");
    }

    public static Refusal organizationsDisabled() {
        return new Refusal(
                403,
                "organization_not_enabled_in_instance",
                "organizations are off",
                "Organizations are not enabled in this instance.");
    }

    // Sessions.

    public static Refusal invalidSessionAction(String action, String sessionId) {
        return new Refusal(
                400,
                "invalid_action_for_session",
                "session cannot be changed so",
                "Unable to " + action + " session " + sessionId + ": it is no longer open.");
    }

    public static Refusal sessionExists() {
        return new Refusal(400, "session_exists", "session exists", "You're already signed in.");
    }

    public static Refusal alreadySignedIn(String sessionId) {
        return new Refusal(
                        400,
                        "identifier_already_signed_in",
                        "already signed in",
                        "You're already signed in with this account.")
                .meta("session_id", sessionId);
    }

    // Sign-in, sign-up and their verifications.

    public static Refusal signInNotFound(String id) {
        return notFound("sign in", id);
    }

    public static Refusal invalidStrategy(String strategy) {
        return new Refusal(
                        422,
                        "form_param_value_invalid",
                        "is invalid",
                        "The strategy " + strategy + " does not apply here.")
                .param("strategy");
    }

    public static Refusal strategyNotForUser() {
        return new Refusal(
                400,
                "strategy_for_user_invalid",
                "strategy not available",
                "This verification strategy is not available for this account.");
    }

    public static Refusal passwordIncorrect() {
        return new Refusal(
                        422,
                        "form_password_incorrect",
                        "is incorrect",
                        "Password is incorrect. Try again, or use another method.")
                .param("password");
    }

    public static Refusal passwordTooShort(String param, int minimum) {
        return new Refusal(
                        422,
                        "form_password_length_too_short",
                        "is too short",
                        "Passwords must be " + minimum + " characters or more.")
                .param(param);
    }

    public static Refusal passwordTooLong(int maximum) {
        return new Refusal(
                        422,
                        "form_password_size_in_bytes_exceeded",
                        "is too long",
                        "Passwords must be " + maximum + " bytes or fewer.")
                .param("password");
    }

    public static Refusal passwordMatchesIdentifier(String param) {
        return new Refusal(
                        422,
                        "form_password_matches_identifier",
                        "matches the identifier",
                        "The password cannot be the same as your e-mail address or phone number.")
                .param(param);
    }

    public static Refusal codeIncorrect() {
        return new Refusal(422, "form_code_incorrect", "is incorrect", "Incorrect code.").param("code");
    }

    public static Refusal verificationExpired() {
        return new Refusal(
                400, "verification_expired", "expired", "This verification has expired. You must try again.");
    }

    public static Refusal verificationFailed() {
        return new Refusal(
                400, "verification_failed", "failed", "Too many failed attempts. You have to ask for a new code.");
    }

    public static Refusal verificationNotSent() {
        return new Refusal(
                400,
                "verification_not_sent",
                "not sent",
                "You need to ask for a verification code before you give one.");
    }

    public static Refusal verificationMissing() {
        return new Refusal(400, "verification_missing", "missing", "Another step has to be taken before this one.");
    }

    public static Refusal verificationAlreadyVerified() {
        return new Refusal(
                400, "verification_already_verified", "already verified", "This verification has already been made.");
    }

    public static Refusal codeSentRecently(Duration wait) {
        long seconds = Math.ceilDiv(wait.toMillis(), 1000);
        return new Refusal(
                        429,
                        "verification_code_too_many_requests",
                        "too many requests",
                        "A code was sent a moment ago. Wait " + seconds + " s before you ask for another.")
                .retryAfter(seconds);
    }

    // Users.

    public static Refusal deleteSelfDisabled() {
        return new Refusal(
                403, "user_delete_self_not_enabled", "not enabled", "Users may not delete their own account here.");
    }

    // Our own trouble.

    static Refusal internal() {
        return new Refusal(500, "internal_clerk_error", "internal error", "Something went wrong on our side.");
    }

    public static Refusal unavailable(Duration retryAfter) {
        return new Refusal(
                        503, "service_unavailable", "unavailable", "The service cannot answer now. Try again shortly.")
                .retryAfter(Math.ceilDiv(retryAfter.toMillis(), 1000));
    }
}
