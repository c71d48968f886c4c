package dev.usher.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.client.Clients;
import dev.usher.delivery.Channel;
import dev.usher.delivery.Outbox;
import dev.usher.factor.BackupCodes;
import dev.usher.factor.BreachedPasswords;
import dev.usher.factor.Codes;
import dev.usher.factor.Factors;
import dev.usher.factor.Links;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Passkeys;
import dev.usher.factor.Passwords;
import dev.usher.factor.Questions;
import dev.usher.factor.Totp;
import dev.usher.http.Exchange;
import dev.usher.http.Exchanges;
import dev.usher.http.Form;
import dev.usher.http.Refusal;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.organization.OrganizationRoom;
import dev.usher.session.ActivityLog;
import dev.usher.session.Sessions;
import dev.usher.session.UserAgents;
import dev.usher.store.SqliteStore;
import dev.usher.store.Statements;
import dev.usher.ticket.Tickets;
import dev.usher.user.Users;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Under strict enumeration protection nobody tells known from unknown identifiers by the work that is done for them. */
class AlikeTest {
    private static final Instant T0 = Instant.parse("2026-11-24T08:00:00Z");
    private static final String KNOWN = "known@example.com";
    private static final String UNKNOWN = "nobody@example.com";

    private final SqliteStore store = SqliteStore.inMemory();
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final Outbox outbox = new Outbox(vault, ids, EnumSet.allOf(Channel.class), () -> {});
    private final Passwords passwords = new Passwords(1, 16, Duration.ofSeconds(60));
    private final Users users = new Users(ids);
    private final Clients clients = new Clients(store, ids, randomness);
    private final Instance instance = Instances.open(
                    store,
                    new Instances.Declared(
                            "default", true, Optional.empty(), "http://localhost", Optional.empty(), strict()),
                    vault,
                    ids,
                    randomness,
                    T0)
            .instance();
    private final SignIns signIns = signIns();
    private final Statements statements = Statements.of(store);

    private static Settings strict() {
        Settings usual = Settings.defaults(true);
        FactorSettings factors = usual.factors();
        return usual.with(new FactorSettings(
                new FactorSettings.EmailAddresses(true, true, Duration.ofMinutes(10), true),
                factors.phoneNumbers(),
                factors.authenticatorApp(),
                factors.backupCodes(),
                factors.secondFactorRequired(),
                factors.passkeys(),
                factors.reverification(),
                true,
                factors.lockout(),
                factors.rates(),
                factors.breachedPasswords()));
    }

    private SignIns signIns() {
        Codes codes = new Codes(vault, ids, randomness, outbox);
        Passkeys passkeys = new Passkeys(ids, randomness);
        Totp totp = new Totp(vault, ids, randomness);
        var questions = new Questions(users, passwords, totp, new BackupCodes(ids, randomness, passwords), passkeys);
        Factors factors = new Factors(store, codes, new Links(codes, randomness, outbox), passkeys, questions);
        Sessions sessions =
                new Sessions(store, clients, clients, users, new UserAgents(ids), new ActivityLog(store), ids);
        var organizations = new OrganizationRoom(store, users, sessions, outbox, randomness, ids);
        Entry entry = new Entry(sessions, clients, users, new Tickets(users, organizations.invitations()));
        var steps = new SignInSteps(
                store, entry, users, factors, passkeys, new NewPasswords(passwords, new BreachedPasswords()));
        return new SignIns(store, clients, entry, users, factors, steps, ids);
    }

    @BeforeEach
    void somebodyHasAnAccount() {
        var registration = new Users.Registration(
                List.of(new Users.Proved(KNOWN, "email_code")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(passwords.hash("correct horse battery")),
                JsonNodeFactory.instance.objectNode());
        store.change(tx -> users.register(tx, instance, registration, T0));
    }

    @AfterEach
    void close() {
        passwords.close();
        store.close();
    }

    /** What was done for one request. */
    private record Work(List<String> statements, long hashes, int messages) {}

    private Work work(Runnable request) throws Exception {
        long hashes = hashes();
        int messages = messages();
        statements.taken();
        request.run();
        List<String> ran = statements.taken();
        assertThat(ran).isNotEmpty();
        return new Work(ran, hashes() - hashes, messages() - messages);
    }

    private int messages() {
        return store.read(tx -> outbox.newest(tx, instance.id(), Optional.empty(), 99))
                .size();
    }

    /** The executor counts a task a moment after it has handed out the result. */
    private long hashes() throws Exception {
        Field slots = Passwords.class.getDeclaredField("slots");
        slots.setAccessible(true);
        ThreadPoolExecutor pool = (ThreadPoolExecutor) slots.get(passwords);
        while (pool.getActiveCount() > 0) Thread.onSpinWait();
        return pool.getCompletedTaskCount();
    }

    private void create(String identifier, String more) {
        signIns.create(exchange(), Form.parse("identifier=" + identifier + more));
    }

    private Exchange exchange() {
        return Exchanges.ofNewApp(instance, T0);
    }

    private void refused(String identifier, String more, String code) {
        assertThatThrownBy(() -> create(identifier, more))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&strategy=email_code",
                "&strategy=email_link&redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fverify",
                "&strategy=reset_password_email_code"
            })
    void beginningIsTheSameWork(String more) throws Exception {
        Work known = work(() -> create(KNOWN, more));
        Work unknown = work(() -> create(UNKNOWN, more));
        assertThat(unknown).isEqualTo(known);
        assertThat(known.messages()).isEqualTo(more.isEmpty() ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void aWrongPasswordIsTheSameWorkAlsoWhenTheAccountIsLocked(int times) throws Exception {
        String wrong = "&password=wrong%20password";
        String code = "form_password_or_identifier_incorrect";
        for (int i = 1; i < times; i++) refused(KNOWN, wrong, code);
        Work known = work(() -> refused(KNOWN, wrong, code));
        Work unknown = work(() -> refused(UNKNOWN, wrong, code));
        assertThat(unknown).isEqualTo(known);
        assertThat(known.hashes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email_code", "reset_password_email_code"})
    void aWrongCodeIsTheSameWork(String strategy) throws Exception {
        assertThat(afterPreparing(UNKNOWN, strategy)).isEqualTo(afterPreparing(KNOWN, strategy));
    }

    private Work afterPreparing(String identifier, String strategy) throws Exception {
        Exchange exchange = exchange();
        String id = signIns.create(exchange, Form.parse("identifier=" + identifier + "&strategy=" + strategy))
                .signIn()
                .id();
        Form form = Form.parse("strategy=" + strategy + "&code=0000000");
        return work(() -> assertThatThrownBy(() -> signIns.attemptFirst(exchange, id, form))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("form_code_incorrect")));
    }
}
