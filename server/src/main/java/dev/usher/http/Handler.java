package dev.usher.http;

/** Answers one operation. */
@FunctionalInterface
public interface Handler {
    Reply handle(Exchange exchange);
}
