package dev.usher.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.factor.Passwords;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
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
class CheckedPasswordTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String PASSWORD = "Grüße, correct horse 7";
    private static final String MD5 = "md5:0dad2966074eb3cdfb5af4bac75177b3";

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Users users = new Users(ids);
    private final Passwords passwords = new Passwords(1, 4, Duration.ofSeconds(30));
    private final Instance instance = Instances.open(
                    store,
                    new Instances.Declared(
                            "default",
                            true,
                            Optional.empty(),
                            "http://localhost",
                            Optional.empty(),
                            Settings.defaults(true)),
                    new Vault(new byte[32], randomness),
                    ids,
                    randomness,
                    NOW)
            .instance();

    CheckedPasswordTest(TestStore kind) {
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

    private User user() {
        return store.read(tx -> users.find(tx, instance, "user_1")).orElseThrow();
    }

    private Optional<User> apply(CheckedPassword checked) {
        return store.write(tx -> checked.user(tx, users, instance));
    }

    @Test
    void theRightPasswordReplacesAForeignHashByOneOfOursAndIsKnownByItThen() {
        assertThat(apply(CheckedPassword.of(user(), PASSWORD, passwords))).isPresent();
        String fresh = user().passwordHash().orElseThrow();
        assertThat(fresh).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches(PASSWORD, fresh)).isTrue();
        assertThat(apply(CheckedPassword.of(user(), PASSWORD, passwords))).isPresent();
        assertThat(user().passwordHash()).contains(fresh);
    }

    @Test
    void aWrongPasswordLeavesTheHashAsItIs() {
        assertThatThrownBy(() -> CheckedPassword.of(user(), PASSWORD + "x", passwords))
                .isInstanceOf(Refusal.class);
        assertThat(user().passwordHash()).contains(MD5);
    }

    @Test
    void aHashThatWasReplacedMeanwhileIsNotOverwrittenAndNothingIsProved() {
        CheckedPassword slow = CheckedPassword.of(user(), PASSWORD, passwords);
        String other = passwords.hash("another password");
        store.change(tx -> users.setPassword(tx, "user_1", Optional.of(MD5), Optional.of(other), NOW));
        assertThat(apply(slow)).isEmpty();
        assertThat(user().passwordHash()).contains(other);
    }
}
