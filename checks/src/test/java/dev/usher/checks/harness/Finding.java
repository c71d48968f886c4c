package dev.usher.checks.harness;

/**
 * Something in an answer that the published documents do not allow.
 *
 * @param operation method and path template as published
 * @param path where in the body, with {@code *} for each index; findings about the status or the code name these
 * @param keyword the rule of the schema that is broken, or {@code status}, {@code code}, {@code content-type}
 */
public record Finding(String operation, String path, String keyword, String message) {}
