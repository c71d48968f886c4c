package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class CourierTest {
    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Semaphore wake = new Semaphore(0);
    private final Outbox outbox =
            new Outbox(new Vault(randomness.bytes(32), randomness), new Ids(randomness), Set.of(), wake::release);
    private final InstantSource clock = InstantSource.system();

    CourierTest(TestStore kind) {
        store = kind.open();
    }

    @BeforeEach
    void insertInstance() {
        store.change(tx -> tx.update("""
                        insert into instance (id, name, environment, frontend_api_host, created_at, updated_at)
                        values ('ins_1', 'n', 'development', 'a.b', 0, 0)
                        """).execute());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void add(String recipient, Instant notAfter) {
        Message message = new Message(
                Channel.EMAIL,
                recipient,
                "123456 is your code",
                "Code: 123456, ünïcode",
                Optional.of("123456"),
                notAfter);
        store.change(tx -> outbox.add(tx, "ins_1", message, clock.instant()));
    }

    private int undelivered() {
        return store.read(
                tx -> tx.query("select count(*) from outbox where delivered_at is null and given_up_at is null")
                        .mapTo(int.class)
                        .one());
    }

    @Test
    void sendsByRealSmtpAndForgetsTheText() throws Exception {
        GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        var server = new SmtpMailer.Server(
                "127.0.0.1",
                smtp.getSmtp().getPort(),
                SmtpMailer.Protection.NONE,
                Optional.empty(),
                Optional.empty(),
                "login@example.com");
        try (Courier courier = new Courier(store, outbox, Map.of(Channel.EMAIL, new SmtpMailer(server)), clock, wake)) {
            add("ann@example.com", clock.instant().plus(Duration.ofMinutes(10)));
            assertThat(smtp.waitForIncomingEmail(10_000, 1)).isTrue();
            var mail = smtp.getReceivedMessages()[0];
            assertThat(mail.getAllRecipients()[0]).hasToString("ann@example.com");
            assertThat(mail.getSubject()).isEqualTo("123456 is your code");
            assertThat((String) mail.getContent()).contains("Code: 123456, ünïcode");
            assertThat(GreenMailUtil.getHeaders(mail)).contains("Auto-Submitted: auto-generated");
            assertThat(courier).isNotNull();
        } finally {
            smtp.stop();
        }
        assertThat(undelivered()).isZero();
        String kept = store.read(tx ->
                tx.query("select sealed_body from outbox").mapTo(String.class).one());
        assertThat(kept).isEmpty();
    }

    @Test
    void theDatabaseShowsNoCode() {
        add("ann@example.com", clock.instant().plus(Duration.ofMinutes(10)));
        var row = store.read(tx -> tx.query("select * from outbox").mapToMap().one());
        assertThat(row.values()).noneMatch(value -> String.valueOf(value).contains("123456"));
    }

    @Test
    void sendsAsSoonAsTheTransactionHasCommitted() throws Exception {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        try (Courier courier = new Courier(
                store, outbox, Map.of(Channel.EMAIL, (id, to, subject, body) -> sent.add(subject)), clock, wake)) {
            for (int i = 0; i < 5; i++) {
                add("ann@example.com", clock.instant().plus(Duration.ofMinutes(10)));
                assertThat(sent.poll(2, TimeUnit.SECONDS)).isEqualTo("123456 is your code");
            }
            assertThat(courier).isNotNull();
        }
    }

    @Test
    void triesAgainWhenTheServerDoesNotTakeIt() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        Sender flaky = (id, recipient, subject, body) -> {
            if (tries.incrementAndGet() == 1) throw new IOException("busy");
            sent.add(recipient);
        };
        try (Courier courier = new Courier(store, outbox, Map.of(Channel.EMAIL, flaky), clock, wake)) {
            add("ann@example.com", clock.instant().plus(Duration.ofMinutes(10)));
            assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo("ann@example.com");
            assertThat(courier).isNotNull();
        }
        assertThat(tries).hasValue(2);
    }

    @Test
    void sendsNothingAfterItsCodeExpired() throws Exception {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        add("late@example.com", clock.instant().minusMillis(1));
        add("ann@example.com", clock.instant().plus(Duration.ofMinutes(10)));
        try (Courier courier = new Courier(
                store, outbox, Map.of(Channel.EMAIL, (id, to, subject, body) -> sent.add(to)), clock, wake)) {
            assertThat(sent.poll(20, TimeUnit.SECONDS)).isEqualTo("ann@example.com");
            assertThat(courier).isNotNull();
        }
        assertThat(sent).isEmpty();
        int givenUp = store.read(tx -> tx.query("select count(*) from outbox where given_up_at is not null")
                .mapTo(int.class)
                .one());
        assertThat(givenUp).isEqualTo(1);
    }

    @Test
    void twoNodesSendEachMessageOnce() throws Exception {
        int messages = 60;
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        Sender mailer = (id, recipient, subject, body) -> sent.add(recipient);
        for (int i = 0; i < messages; i++)
            add("person" + i + "@example.com", clock.instant().plus(Duration.ofMinutes(10)));
        try (Courier one = new Courier(store, outbox, Map.of(Channel.EMAIL, mailer), clock, new Semaphore(1));
                Courier other = new Courier(store, outbox, Map.of(Channel.EMAIL, mailer), clock, new Semaphore(1))) {
            for (int i = 0; i < 200 && undelivered() > 0; i++) TimeUnit.MILLISECONDS.sleep(50);
            assertThat(List.of(one, other)).doesNotContainNull();
        }
        assertThat(undelivered()).isZero();
        assertThat(sent).hasSize(messages).doesNotHaveDuplicates();
    }
}
