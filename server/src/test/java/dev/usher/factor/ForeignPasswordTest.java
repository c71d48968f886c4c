package dev.usher.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.http.Exchange;
import dev.usher.http.Exchanges;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import dev.usher.store.Tx;
import dev.usher.user.ImportedUser;
import dev.usher.user.User;
import dev.usher.user.UserImport;
import dev.usher.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a foreign hash when its password is shown. */
@ParameterizedClass
@EnumSource(TestStore.class)
class ForeignPasswordTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String PASSWORD = "Grüße, correct horse 7";
    private static final String MD5 = "md5:0dad2966074eb3cdfb5af4bac75177b3";

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Users users = new Users(ids);
    private final Passwords passwords = new Passwords(1, 4, Duration.ofSeconds(30));
    private final Vault vault = new Vault(new byte[32], randomness);
    private final Instance instance = Instances.open(
                    store,
                    new Instances.Declared(
                            "default",
                            true,
                            Optional.empty(),
                            "http://localhost",
                            Optional.empty(),
                            Settings.defaults(true)),
                    vault,
                    ids,
                    randomness,
                    NOW)
            .instance();

    ForeignPasswordTest(TestStore kind) {
        store = kind.open();
        super();
    }

    @BeforeEach
    void importSomebody() {
        var user = new ImportedUser(
                Optional.of("user_1"),
                Optional.empty(),
                Optional.of("ann"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(MD5),
                Json.object(),
                Json.object(),
                Json.object(),
                false,
                Optional.empty(),
                Optional.empty());
        store.change(tx -> new UserImport(ids).admit(tx, instance, user, NOW));
    }

    @AfterEach
    void close() {
        passwords.close();
        store.close();
    }

    private User user(Tx tx) {
        return users.find(tx, instance, "user_1").orElseThrow();
    }

    private User user() {
        return store.read(this::user);
    }

    private Question asked(String password) {
        Questions questions = new Questions(
                users,
                passwords,
                new Totp(vault, ids, randomness),
                new BackupCodes(ids, randomness, passwords),
                new Passkeys(ids, randomness));
        Exchange exchange = Exchanges.of(instance, NOW);
        var attempt = new Factors.Attempt(Offer.PASSWORD, password);
        return store.write(tx -> questions.of(tx, exchange, attempt, "owner", Optional.of(user(tx))));
    }

    private Verdict spent(Question.Answer answer) {
        return store.write(tx -> answer.spend(tx, NOW));
    }

    @Test
    void theRightPasswordReplacesAForeignHashByOneOfOursAndIsKnownByItThen() {
        assertThat(spent(asked(PASSWORD).look())).isInstanceOf(Verdict.Passed.class);
        String fresh = user().passwordHash().orElseThrow();
        assertThat(fresh).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches(PASSWORD, fresh)).isTrue();
        assertThat(spent(asked(PASSWORD).look())).isInstanceOf(Verdict.Passed.class);
        assertThat(user().passwordHash()).contains(fresh);
    }

    @Test
    void aWrongPasswordLeavesTheHashAsItIs() {
        assertThat(spent(asked(PASSWORD + "x").look())).isInstanceOf(Verdict.Wrong.class);
        assertThat(user().passwordHash()).contains(MD5);
    }

    @Test
    void ofTwoThatWereRightAtTheSameTimeBothPassAndOneHashIsKept() {
        Question.Answer one = asked(PASSWORD).look();
        Question.Answer other = asked(PASSWORD).look();
        assertThat(spent(one)).isInstanceOf(Verdict.Passed.class);
        Optional<String> kept = user().passwordHash();
        assertThat(spent(other)).isInstanceOf(Verdict.Passed.class);
        assertThat(user().passwordHash()).isEqualTo(kept);
    }

    @Test
    void aPasswordThatWasChangedMeanwhileIsNotOverwrittenAndTheOldOneProvesNothing() {
        Question.Answer slow = asked(PASSWORD).look();
        String other = passwords.hash("another password");
        Instant later = NOW.plusMillis(1);
        store.change(tx -> users.setPassword(tx, "user_1", Optional.of(MD5), Optional.of(other), later));
        assertThat(spent(slow)).isInstanceOf(Verdict.Wrong.class);
        assertThat(user().passwordHash()).contains(other);
    }
}
