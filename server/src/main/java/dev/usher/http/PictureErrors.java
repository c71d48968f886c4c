package dev.usher.http;

/** Refusals of pictures. */
public final class PictureErrors {
    private PictureErrors() {}

    public static Refusal noImage() {
        return new Refusal(
                400, "request_body_invalid", "no image", "The upload must be a PNG, JPEG, GIF or WebP image.");
    }

    public static Refusal imageTooLarge(int mostBytes) {
        return new Refusal(
                413, "image_too_large", "image too large", "An image may have " + mostBytes + " bytes at most.");
    }

    public static Refusal noSuchImage() {
        return new Refusal(404, "image_not_found", "image not found", "There is no such image.");
    }
}
