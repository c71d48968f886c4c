package dev.usher.http;

/** The refusals around links in mails that prove an address, for whom no page of the application is known to go to. */
public final class LinkErrors {
    private LinkErrors() {}

    public static Refusal linkInvalid() {
        return new Refusal(400, "verification_link_token_invalid", "link invalid", "This link leads to nothing.");
    }

    public static Refusal linkSourceInvalid() {
        return new Refusal(
                400,
                "verification_link_token_source_invalid",
                "page not allowed",
                "This link ends on a page that is not one of this instance's any more.");
    }
}
