package dev.usher.checks.harness;

import java.util.concurrent.atomic.AtomicLong;

/** Somebody who signs up and in. */
public record Person(String email, String password) {
    private static final AtomicLong COUNT = new AtomicLong();

    /** With a test address: the code is 424242 and nothing is sent. */
    public static Person fresh() {
        return new Person("person" + COUNT.incrementAndGet() + "+clerk_test@example.com", "correct horse battery");
    }

    /** With an ordinary address: the code is in the inbox. */
    public static Person withInbox() {
        return new Person("reader" + COUNT.incrementAndGet() + "@example.com", "correct horse battery");
    }

    public boolean isTest() {
        return email.contains("+clerk_test");
    }
}
