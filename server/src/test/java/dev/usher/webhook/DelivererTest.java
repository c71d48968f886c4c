package dev.usher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.usher.base.Clock;
import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class DelivererTest {
    private static final String INSTANCE = "ins_1";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Reach LOCAL = new Reach(List.of(), true);

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final Ids ids = new Ids(randomness);
    private final Clock clock = new Clock(InstantSource.fixed(Instant.parse("2026-05-01T00:00:00Z")));
    private final Endpoints endpoints = new Endpoints(vault, ids, randomness);
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private HttpServer app;
    private volatile int status = 200;

    DelivererTest(TestStore kind) throws IOException {
        store = kind.open();
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        store.change(tx -> tx.update("""
                        insert into instance (id, name, environment, frontend_api_host, created_at, updated_at)
                        values ('ins_1', 'n', 'development', 'a.b', 0, 0)
                        """).execute());
        app.createContext("/", exchange -> {
            String id = exchange.getRequestHeaders().getFirst("svix-id");
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write("x".repeat(5000).getBytes(StandardCharsets.UTF_8));
            exchange.close();
            arrived.add(id);
        });
        app.start();
    }

    @AfterEach
    void stop() {
        app.stop(0);
        store.close();
    }

    private Endpoint endpoint() {
        String url = "http://127.0.0.1:" + app.getAddress().getPort() + "/";
        var draft = new Endpoints.Draft(url, List.of(), Optional.empty());
        return store.write(tx -> endpoints.add(tx, INSTANCE, draft, clock.instant()))
                .orElseThrow();
    }

    private String add(Endpoint endpoint, long position) {
        String id = ids.next("msg", clock.instant());
        String body = vault.seal("{}".getBytes(StandardCharsets.UTF_8), id);
        Event event = new Event(id, INSTANCE, "user.created", position, body, clock.instant());
        store.change(tx -> {
            DeliveryStore.insert(tx, event);
            DeliveryStore.send(tx, event, endpoint.id(), clock.instant());
        });
        return id;
    }

    private Deliverer deliverer(Reach reach) {
        return new Deliverer(store, endpoints, vault, clock, PATIENCE, id -> reach, new Semaphore(1));
    }

    private Delivery delivery() {
        return store.read(tx -> DeliveryStore.newest(tx, INSTANCE, Optional.empty(), 1))
                .getFirst();
    }

    /** The state of the one delivery once it is this; what happens meanwhile happens on other threads. */
    private Delivery once(Predicate<Delivery> state) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (Delivery now = delivery(); ; now = delivery()) {
            if (state.test(now)) return now;
            if (System.nanoTime() > end) throw new AssertionError("still " + now);
            Thread.onSpinWait();
        }
    }

    private String arrival() throws InterruptedException {
        return Optional.ofNullable(arrived.poll(60, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void twoNodesSendEachEventOnceAndOneNodeInOrder() throws Exception {
        Endpoint endpoint = endpoint();
        List<String> sent =
                IntStream.range(0, 30).mapToObj(i -> add(endpoint, i)).toList();
        List<String> got = new ArrayList<>();
        try (Deliverer one = deliverer(LOCAL)) {
            for (int i = 0; i < 30; i++) got.add(arrival());
            assertThat(one).isNotNull();
        }
        assertThat(got).isEqualTo(sent);
        List<String> more =
                IntStream.range(30, 60).mapToObj(i -> add(endpoint, i)).toList();
        got.clear();
        try (Deliverer one = deliverer(LOCAL);
                Deliverer other = deliverer(LOCAL)) {
            for (int i = 0; i < 30; i++) got.add(arrival());
            assertThat(one).isNotSameAs(other);
        }
        assertThat(got).containsExactlyInAnyOrderElementsOf(more);
        assertThat(arrived).isEmpty();
    }

    @Test
    void whatIsNotTakenComesAgainOnThePublishedScheduleAndThenNoMore() throws Exception {
        status = 500;
        add(endpoint(), 1);
        List<Duration> pauses = new ArrayList<>();
        try (Deliverer deliverer = deliverer(LOCAL)) {
            for (int tried = 1; tried <= 8; tried++) {
                arrival();
                int tries = tried;
                Instant now = clock.instant();
                Instant claimed = now.plus(PATIENCE).plusSeconds(15);
                Delivery noted = once(
                        one -> one.attempts() == tries && !one.nextAttemptAt().equals(Optional.of(claimed)));
                noted.nextAttemptAt().ifPresent(next -> {
                    pauses.add(Duration.between(now, next));
                    clock.advance(Duration.between(now, next));
                });
            }
            assertThat(deliverer).isNotNull();
        }
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(10));
        assertThat(delivery().state()).isEqualTo("given up");
        assertThat(delivery().answer()).hasSize(1024);
    }

    @Test
    void anEndpointThatTakesNothingForFiveDaysIsDisabledAndWhatItMissedCanBeSentAgain() throws Exception {
        status = 302;
        Endpoint endpoint = endpoint();
        String first = add(endpoint, 1);
        try (Deliverer deliverer = deliverer(LOCAL)) {
            arrival();
            once(one -> one.answerStatus().equals(Optional.of(302)));
            clock.advance(Duration.ofDays(5));
            arrival();
            once(one -> one.state().equals("given up"));
            assertThat(deliverer).isNotNull();
        }
        Endpoint disabled =
                store.read(tx -> endpoints.find(tx, INSTANCE, endpoint.id())).orElseThrow();
        assertThat(disabled.isEnabled()).isFalse();
        assertThat(disabled.disabledWhy()).isEqualTo("nothing was taken for 5 days");
        status = 200;
        store.change(tx -> {
            endpoints.enable(tx, INSTANCE, endpoint.id());
            DeliveryStore.since(tx, endpoint, Instant.EPOCH, false)
                    .forEach(event -> DeliveryStore.send(tx, event, endpoint.id(), clock.instant()));
        });
        try (Deliverer deliverer = deliverer(LOCAL)) {
            assertThat(arrival()).isEqualTo(first);
            once(one -> one.state().equals("delivered"));
            assertThat(deliverer).isNotNull();
        }
        List<Event> missed = store.read(tx -> DeliveryStore.since(tx, endpoint, Instant.EPOCH, false));
        assertThat(missed).isEmpty();
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAtOnce() throws Exception {
        status = 410;
        Endpoint endpoint = endpoint();
        add(endpoint, 1);
        try (Deliverer deliverer = deliverer(LOCAL)) {
            arrival();
            once(one -> one.state().equals("given up"));
            assertThat(deliverer).isNotNull();
        }
        assertThat(store.read(tx -> endpoints.find(tx, INSTANCE, endpoint.id()))
                        .orElseThrow()
                        .disabledWhy())
                .isEqualTo("it answered 410");
    }

    @Test
    void anAddressThatIsNotAllowedIsNotCalled() throws Exception {
        add(endpoint(), 1);
        try (Deliverer deliverer = deliverer(new Reach(List.of(), false))) {
            Delivery refused = once(one -> !one.answer().isEmpty());
            assertThat(refused.answerStatus()).isEmpty();
            assertThat(refused.answer()).contains("127.0.0.1 is at 127.0.0.1");
            assertThat(deliverer).isNotNull();
        }
        assertThat(arrived).isEmpty();
    }

    @Test
    void secretsAndBodiesAreSealedAndForADayAfterAChangeTwoKeysSign() {
        Endpoint endpoint = endpoint();
        String secret = endpoints.secret(endpoint).reveal();
        assertThat(endpoint.sealedSecret()).doesNotContain(secret).doesNotContain("whsec_");
        store.write(tx -> endpoints.rotate(tx, endpoint, clock.instant()));
        Endpoint rotated =
                store.read(tx -> endpoints.find(tx, INSTANCE, endpoint.id())).orElseThrow();
        assertThat(endpoints.keys(rotated, clock.instant())).hasSize(2);
        assertThat(endpoints.secret(rotated).reveal()).isNotEqualTo(secret);
        assertThat(endpoints.keys(rotated, clock.instant().plus(Endpoints.FORMER_SECRET)))
                .hasSize(1);
    }

    @Test
    void oldEventsAreForgottenUnlessTheyAreOnTheirWay() {
        Endpoint endpoint = endpoint();
        add(endpoint, 1);
        Instant later = clock.instant().plusSeconds(1);
        int early = store.write(tx -> DeliveryStore.sweep(tx, later, 10));
        assertThat(early).isZero();
        store.change(tx -> DeliveryStore.giveUpAll(tx, endpoint.id(), later));
        int swept = store.write(tx -> DeliveryStore.sweep(tx, later, 10));
        assertThat(swept).isEqualTo(1);
    }
}
