package dev.usher.checks.nodes;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.KeptConnection;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Somebody who is signed in and asks for the same all the time, on a connection of their own. */
final class Caller {
    /** What is asked for. */
    enum Kind {
        MINT,
        TOUCH,
        CLIENT,
        KEYS,
        SIGN_IN
    }

    private final Kind kind;
    private final Person person = Person.fresh();
    private final Fapi browser;
    private final String session;
    /** When that was asked for which was served last, by {@link System#nanoTime}. */
    private volatile long served = Long.MIN_VALUE;

    Caller(RunningUsher node, Kind kind) {
        this.kind = kind;
        browser = node.browser().over(new KeptConnection(node.url()));
        session = browser.signUp(person);
    }

    /**
     * An answer and how long it took.
     *
     * @param began by {@link System#nanoTime}
     */
    record Seen(Kind kind, int status, boolean saysWhen, String text, long began, long millis) {
        boolean isRefusal() {
            return status != 200;
        }

        /** Says that it cannot be done now, and when to come back. */
        boolean isHonest() {
            return status == 503 && saysWhen && text.contains("service_unavailable");
        }
    }

    Kind kind() {
        return kind;
    }

    private Seen call() {
        long began = System.nanoTime();
        Answer answer = switch (kind) {
            case MINT -> browser.mint(session);
            case TOUCH -> browser.session(session, "touch");
            case CLIENT -> browser.client();
            case KEYS -> browser.get("/.well-known/jwks.json");
            case SIGN_IN -> browser.credential("").post("/v1/client/sign_ins", "identifier", person.email());
        };
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        boolean isWhole =
                kind != Kind.CLIENT || answer.status() != 200 || answer.text().contains(session);
        return new Seen(
                kind,
                isWhole ? answer.status() : 0,
                answer.header("retry-after").isPresent(),
                answer.status() == 200 ? "" : answer.text(),
                began,
                millis);
    }

    boolean isServedSince(long nanoTime) {
        return served > nanoTime;
    }

    void callWhile(BooleanSupplier goesOn, Queue<Seen> seen) {
        while (goesOn.getAsBoolean()) {
            Seen one = call();
            if (!one.isRefusal()) served = one.began();
            seen.add(one);
        }
    }
}
