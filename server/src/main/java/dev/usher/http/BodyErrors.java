package dev.usher.http;

/** Refusals of JSON bodies and of what lists are asked by. */
public final class BodyErrors {
    private BodyErrors() {}

    static Refusal invalid(String why) {
        return new Refusal(400, "request_body_invalid", "request body invalid", why);
    }

    static Refusal unsupportedType(String found) {
        return new Refusal(
                415,
                "unsupported_content_type",
                "content type not supported",
                "The body must be application/json, not " + found + ".");
    }

    static Refusal wrongType(String param, String type) {
        return new Refusal(422, "form_param_type_invalid", "has the wrong type", param + " must be " + type + ".")
                .param(param);
    }

    public static Refusal tooManyElements(String param, int most) {
        return new Refusal(
                        422,
                        "form_param_array_size_exceeded",
                        "has too many elements",
                        param + " may have " + most + " elements at most.")
                .param(param);
    }
}
