package dev.usher.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Work that one node at a time does. A lease ends by itself, so that another node takes over from one that died; who held it
 * before learns from its fence that it is no longer theirs.
 */
public final class Leases {
    private final Store store;
    private final String owner;
    private final InstantSource clock;

    /**
     * @param owner names this node, and no other that is or was
     * @param clock the machine's; it must agree with the other nodes' to a few seconds
     */
    public Leases(Store store, String owner, InstantSource clock) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
    }

    /** Takes or prolongs the lease for so long, unless another node has it. */
    public Optional<Lease> take(String name, Duration span) {
        return store.write(tx -> take(tx, name, span)).map(fence -> new Lease(name, fence, span));
    }

    private Optional<Long> take(WriteTx tx, String name, Duration span) {
        Instant now = clock.instant();
        return tx.query("""
                insert into lease (name, owner, fence, held_until) values (:name, :owner, 1, :until)
                on conflict (name) do update set owner = excluded.owner, fence = lease.fence + 1,
                    held_until = excluded.held_until
                where lease.owner = excluded.owner or lease.held_until <= :now
                returning fence
                """)
                .bind("name", name)
                .bind("owner", owner)
                .bind("until", now.plus(span).toEpochMilli())
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne();
    }

    /** How many leases this node holds. */
    public int held() {
        return store.glance(tx -> tx.query("select count(*) from lease where owner = :owner and held_until > :now")
                .bind("owner", owner)
                .bind("now", clock.instant().toEpochMilli())
                .mapTo(Integer.class)
                .one());
    }

    /** A lease as it was taken. */
    public final class Lease {
        private final String name;
        private final long fence;
        private final Duration span;

        Lease(String name, long fence, Duration span) {
            this.name = name;
            this.fence = fence;
            this.span = span;
        }

        /** Whether it is still this node's; then it is prolonged, and with it nobody takes it until the transaction ends. */
        public boolean holds(WriteTx tx) {
            return tx.update("""
                            update lease set held_until = :until where name = :name and owner = :owner and fence = :fence
                            """)
                            .bind("name", name)
                            .bind("owner", owner)
                            .bind("fence", fence)
                            .bind("until", clock.instant().plus(span).toEpochMilli())
                            .execute()
                    == 1;
        }
    }
}
