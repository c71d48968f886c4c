package dev.usher.checks.race;

import dev.usher.checks.harness.RunningUsher;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Somebody who does one thing after the other with their account, and now and then begins another one. */
final class Resident {
    private static final int DEEDS_BEFORE_NEXT_ACCOUNT = 30;
    private static final int ACCOUNTS_LOOKED_AT = 3;

    private final RandomGenerator random;
    private final Deque<Account> accounts = new ArrayDeque<>();

    Resident(long seed) {
        random = new Random(seed);
    }

    /**
     * Goes on until told to stop, or until the node is gone.
     *
     * @return whether the node was there all the time
     */
    boolean live(RunningUsher node, BooleanSupplier goesOn, Runnable acknowledged) {
        try {
            while (goesOn.getAsBoolean()) {
                act(node);
                acknowledged.run();
            }
            return true;
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    private void act(RunningUsher node) {
        boolean moves = accounts.isEmpty() || random.nextInt(DEEDS_BEFORE_NEXT_ACCOUNT) == 0;
        if (!moves) {
            accounts.getLast().act(node);
            return;
        }
        Account next = new Account(random);
        accounts.addLast(next);
        if (accounts.size() > ACCOUNTS_LOOKED_AT) accounts.removeFirst();
        next.signUp(node);
    }

    /** Looks at the latest accounts; whoever was interrupted while making one makes another. */
    boolean isIntact(RunningUsher node) {
        accounts.forEach(account -> account.assertIntact(node));
        accounts.removeIf(account -> !account.isUsable());
        return true;
    }
}
