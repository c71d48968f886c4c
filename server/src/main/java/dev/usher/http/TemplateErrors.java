package dev.usher.http;

/** Refusals about templates of tokens. */
public final class TemplateErrors {
    private TemplateErrors() {}

    public static Refusal notFound(String id) {
        return Errors.notFound("JWT template", id);
    }

    public static Refusal noneNamed(String name) {
        return new Refusal(404, "resource_not_found", "not found", "No JWT template exists with name: " + name);
    }

    public static Refusal nameTaken() {
        return Errors.identifierExists("name");
    }

    public static Refusal reservedClaim(String why) {
        return new Refusal(400, "jwt_template_reserved_claim", "reserved claim", why).param("claims");
    }

    public static Refusal tooLarge(String param, String why) {
        return new Refusal(422, "form_param_value_too_large", "is too large", why).param(param);
    }

    public static Refusal missingForCustomKey(String param) {
        return new Refusal(
                        422,
                        "form_conditional_param_missing",
                        "is missing",
                        "The field " + param + " is needed when custom_signing_key is true.")
                .param(param);
    }

    public static Refusal onlyForCustomKey(String param) {
        return new Refusal(
                        422,
                        "form_conditional_param_disallowed",
                        "is not allowed",
                        "The field " + param + " is allowed only when custom_signing_key is true.")
                .param(param);
    }

    public static Refusal declared(String name) {
        return new Refusal(
                403,
                "resource_forbidden",
                "declared in the configuration",
                "The JWT template " + name + " is declared in the configuration file and can be changed there alone.");
    }

    public static Refusal ofSessionToken() {
        return new Refusal(
                403,
                "session_token_jwt_template",
                "session token",
                "The template of the session token cannot be deleted; clear its claims instead.");
    }
}
