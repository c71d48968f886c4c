package dev.usher.webhook;

/**
 * Who messages come from.
 *
 * @param mailName the part of the sender's address before the @
 * @param phoneNumber the sender's number; empty text where the provider chooses it
 */
public record Senders(String mailName, String phoneNumber) {}
