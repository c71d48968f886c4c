package dev.usher.factor;

import dev.usher.store.WriteTx;
import java.time.Instant;

/** An attempt that was counted and is to be looked at: outside of transactions, since that takes its time. */
@FunctionalInterface
interface Question {
    /** A factor that was looked at and is to be spent. */
    @FunctionalInterface
    interface Answer {
        /** Spends what is good once, and says whether the attempt was right. */
        Verdict spend(WriteTx tx, Instant now);

        /** A wrong attempt. */
        static Answer wrong() {
            return (tx, now) -> new Verdict.Wrong();
        }
    }

    Answer look();
}
