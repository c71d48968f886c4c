package dev.usher.checks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Jwt;
import dev.usher.checks.harness.KeptConnection;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody whose sessions are closed while eight mint for them, again and again; all on connections that are kept. */
final class Closer implements AutoCloseable {
    private static final int MINTERS = 8;

    private final Bapi server;
    private final List<RunningUsher> nodes;
    private final List<KeptConnection> connections = new ArrayList<>();
    private final KeptConnection ownConnection;
    private final KeptConnection otherConnection;
    private final String organization;
    private Person person;
    private String user = "";
    private Fapi other;
    private long minted;

    /** On nodes in turn: minters on all of them, and those who close on whichever comes first. */
    Closer(List<RunningUsher> nodes, int first) {
        this.nodes = nodes;
        server = nodes.get(first % nodes.size()).server();
        ownConnection = new KeptConnection(nodes.get(first % nodes.size()).url());
        otherConnection =
                new KeptConnection(nodes.get((first + 1) % nodes.size()).url());
        for (int i = 0; i < MINTERS; i++)
            connections.add(new KeptConnection(nodes.get(i % nodes.size()).url()));
        String owner = account(Person.fresh());
        organization = Fapi.require(server.post(
                        "/v1/organizations", "{\"name\":\"Closing\",\"created_by\":\"%s\"}".formatted(owner)))
                .string("/id");
    }

    private String account(Person whose) {
        String json = "{\"email_address\":[\"%s\"],\"skip_password_requirement\":true}".formatted(whose.email());
        return Fapi.require(server.post("/v1/users", json)).string("/id");
    }

    /** How many tokens were given in all. */
    long minted() {
        return minted;
    }

    /** Closes one session and fails if a token was given to somebody who asked for it after that was acknowledged. */
    void close(Closing closing) {
        if (user.isEmpty()) becomeSomebody();
        Fapi own = nodes.getFirst().browser().over(ownConnection);
        String session = own.signInByCode(person);
        if (closing.leavesSession()) enterOrganization(own, session);
        var closed = new Closing.Closed(own.copy(), other, server, user, organization, session);
        CountDownLatch begun = new CountDownLatch(MINTERS);
        AtomicLong acknowledged = new AtomicLong(Long.MAX_VALUE);
        List<Minted> all = Crowd.of(MINTERS + 1, i -> {
            if (i < MINTERS)
                return () -> mintUntilRefused(own.over(connections.get(i)), session, closing, begun, acknowledged);
            return () -> {
                begun.await();
                Fapi.require(closing.close(closed));
                acknowledged.set(System.nanoTime());
                return Minted.NONE;
            };
        });
        assertThat(all).as("%s of %s", closing, session).allMatch(one -> one.lastAskedFor() < acknowledged.get());
        minted += all.stream().mapToLong(Minted::count).sum();
        if (closing.takesUser()) user = "";
    }

    private void becomeSomebody() {
        person = Person.fresh();
        user = account(person);
        other = nodes.getFirst().browser().over(otherConnection);
        other.signInByCode(person);
    }

    private void enterOrganization(Fapi own, String session) {
        Fapi.require(server.post(
                "/v1/organizations/" + organization + "/memberships",
                "{\"user_id\":\"%s\",\"role\":\"org:member\"}".formatted(user)));
        Fapi.require(own.post("/v1/client/sessions/" + session + "/touch", "active_organization_id", organization));
    }

    /**
     * What one minter got.
     *
     * @param lastAskedFor when the last token was asked for that was given
     */
    private record Minted(long count, long lastAskedFor) {
        static final Minted NONE = new Minted(0, Long.MIN_VALUE);
    }

    private static Minted mintUntilRefused(
            Fapi minter, String session, Closing closing, CountDownLatch begun, AtomicLong acknowledged) {
        Minted minted = Minted.NONE;
        while (true) {
            long asked = System.nanoTime();
            Answer answer = minter.mint(session);
            begun.countDown();
            if (answer.status() != 200)
                assertThat(answer.status()).as(answer.toString()).isIn(401, 404);
            boolean isGiven = answer.status() == 200 && (!closing.leavesSession() || namesOrganization(answer));
            if (isGiven) minted = new Minted(minted.count() + 1, asked);
            if (!isGiven || asked > acknowledged.get()) return minted;
        }
    }

    private static boolean namesOrganization(Answer answer) {
        return Jwt.parse(answer.string("/jwt")).claims().has("o");
    }

    @Override
    public void close() {
        connections.forEach(KeptConnection::close);
        ownConnection.close();
        otherConnection.close();
    }
}
