package dev.usher.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.delivery.Channel;
import dev.usher.delivery.Outbox;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class CodesTest {
    private static final Instant T0 = Instant.parse("2026-11-24T08:00:00Z");
    private static final String STRATEGY = "email_code";

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final Outbox outbox = new Outbox(vault, ids, EnumSet.allOf(Channel.class), () -> {});
    private final Codes codes = new Codes(vault, ids, randomness, outbox);
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
                    T0)
            .instance();

    CodesTest(TestStore kind) {
        store = kind.open();
        super();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String prepare(String owner, Instant now) {
        return prepare(owner, "ann@example.com", now);
    }

    private String prepare(String owner, String address, Instant now) {
        return store.write(tx -> {
            codes.prepare(tx, instance, purpose(owner, address), now);
            return outbox.newest(tx, instance.id(), Optional.empty(), 1)
                    .getFirst()
                    .code()
                    .orElseThrow();
        });
    }

    /** The owner's name tells whose account it is, before the dot. */
    private static Codes.Purpose purpose(String owner, String address) {
        String user = owner.split("\\.", 2)[0];
        return new Codes.Purpose(owner, STRATEGY, Optional.empty(), Optional.of(user), address);
    }

    private Verdict attempt(String owner, String code, Instant now) {
        return store.write(tx -> codes.attempt(tx, instance, owner, STRATEGY, code, now));
    }

    private static String wrong(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }

    @Test
    void theRightCodePassesOnce() {
        String code = prepare("a", T0);
        assertThat(attempt("a", code, T0)).isInstanceOf(Verdict.Passed.class);
        assertThat(attempt("a", code, T0)).isInstanceOf(Verdict.Spent.class);
    }

    @ParameterizedTest
    @CsvSource({"PT9M59.999S, Passed", "PT10M, Expired", "PT24H, Expired"})
    void aCodeLivesTenMinutes(Duration age, String verdict) {
        String code = prepare("a", T0);
        assertThat(attempt("a", code, T0.plus(age)).getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void afterFiveWrongTriesTheRightCodeIsNotLookedAt() {
        String code = prepare("a", T0);
        for (int i = 0; i < 5; i++) assertThat(attempt("a", wrong(code), T0)).isInstanceOf(Verdict.Wrong.class);
        assertThat(attempt("a", code, T0)).isInstanceOf(Verdict.Exhausted.class);
    }

    @Test
    void aNewCodeVoidsTheOldAndBringsNewTries() {
        String old = prepare("a", T0);
        String fresh = prepare("a", T0.plusSeconds(30));
        if (!old.equals(fresh))
            assertThat(attempt("a", old, T0.plusSeconds(31))).isInstanceOf(Verdict.Wrong.class);
        assertThat(attempt("a", fresh, T0.plusSeconds(31))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void anotherCodeIsSentAfterThePauseAndNotBefore() {
        prepare("a", T0);
        assertThatThrownBy(() -> prepare("a", T0.plusMillis(29_999)))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .returns("verification_code_too_many_requests", Refusal::code)
                .returns(429, Refusal::status);
        prepare("a", T0.plusSeconds(30));
    }

    @Test
    void aCodeIsGoodForItsOwnPurposeOnly() {
        String code = prepare("a", T0);
        prepare("b", T0);
        assertThat(attempt("c", code, T0)).isInstanceOf(Verdict.NotPrepared.class);
        Verdict other = store.write(tx -> codes.attempt(tx, instance, "a", "phone_code", code, T0));
        assertThat(other).isInstanceOf(Verdict.NotPrepared.class);
    }

    @Test
    void testAddressesGetTheKnownCodeAndNoMail() {
        store.change(tx -> codes.prepare(tx, instance, purpose("a", "ann+clerk_test@example.com"), T0));
        List<Outbox.Kept> sent = store.read(tx -> outbox.newest(tx, instance.id(), Optional.empty(), 9));
        assertThat(sent).isEmpty();
        assertThat(attempt("a", "424242", T0)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void theDatabaseHoldsNoCodeInTheClear() {
        String code = prepare("a", T0);
        String row = store.read(tx -> tx.query("select code_hash || ' ' || id from verification")
                .mapTo(String.class)
                .one());
        String body = store.read(tx ->
                tx.query("select sealed_body from outbox").mapTo(String.class).one());
        assertThat(row + body).doesNotContain(code);
    }

    @Test
    void ofSixteenAtOnceOnePasses() throws Exception {
        for (int round = 0; round < 50; round++) {
            String owner = "owner" + round;
            Instant now = T0.plusSeconds(round);
            String code = prepare(owner, now);
            List<Verdict> verdicts = atOnce(16, () -> attempt(owner, code, now));
            assertThat(verdicts).filteredOn(Verdict.Passed.class::isInstance).hasSize(1);
        }
    }

    @Test
    void ofAThousandWrongOnesAtOnceFiveAreCompared() throws Exception {
        String code = prepare("a", T0);
        List<Verdict> verdicts = atOnce(1000, () -> attempt("a", wrong(code), T0));
        assertThat(verdicts).filteredOn(Verdict.Wrong.class::isInstance).hasSize(5);
        assertThat(verdicts).filteredOn(Verdict.Exhausted.class::isInstance).hasSize(995);
    }

    @ParameterizedTest
    @CsvSource({
        "ann.signin, ann.reverification, ann@example.com, ann@home.example.com",
        "ann.address, ben.address, ann@example.com, ann@example.com"
    })
    void twoCodesForOnePersonOrOneAddressHaveFiveTriesTogether(
            String one, String two, String address, String otherAddress) {
        String first = prepare(one, address, T0);
        String second = prepare(two, otherAddress, T0.plusMillis(1));
        for (int i = 0; i < 3; i++) assertThat(attempt(one, wrong(first), T0)).isInstanceOf(Verdict.Wrong.class);
        for (int i = 0; i < 2; i++) assertThat(attempt(two, wrong(second), T0)).isInstanceOf(Verdict.Wrong.class);
        Instant within = T0.plusMillis(29_999);
        for (int i = 0; i < 9; i++) {
            assertThat(attempt(one, first, within)).isInstanceOf(Verdict.Paused.class);
            assertThat(attempt(two, second, within)).isInstanceOf(Verdict.Paused.class);
        }
        assertThat(attempt(one, first, T0.plusSeconds(30))).isInstanceOf(Verdict.Passed.class);
        assertThat(attempt(two, second, T0.plusSeconds(30))).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void whatOthersGuessForThemselvesIsNobodyElsesTrouble() {
        String code = prepare("ann.signin", T0);
        String other = prepare("ben.signin", "ben@example.com", T0.plusMillis(1));
        for (int i = 0; i < 5; i++) attempt("ben.signin", wrong(other), T0);
        assertThat(attempt("ann.signin", code, T0)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void aRightCodeAfterFourWrongOnesPassesAndCountsForNothing() {
        String code = prepare("ann.signin", T0);
        for (int i = 0; i < 4; i++) attempt("ann.signin", wrong(code), T0);
        assertThat(attempt("ann.signin", code, T0)).isInstanceOf(Verdict.Passed.class);
        String next = prepare("ann.reverification", T0.plusMillis(1));
        assertThat(attempt("ann.reverification", wrong(next), T0)).isInstanceOf(Verdict.Wrong.class);
        assertThat(attempt("ann.reverification", next, T0)).isInstanceOf(Verdict.Paused.class);
    }

    @Test
    void ofAThousandWrongOnesAtOnceForThreeCodesOfOnePersonFiveAreCompared() throws Exception {
        List<String> owners = List.of("ann.signin", "ann.reverification", "ann.address");
        for (String owner : owners) prepare(owner, owner + "@example.com", T0);
        AtomicInteger turn = new AtomicInteger();
        List<Verdict> verdicts = atOnce(1000, () -> attempt(owners.get(turn.getAndIncrement() % 3), "wrong", T0));
        assertThat(verdicts).filteredOn(Verdict.Wrong.class::isInstance).hasSize(5);
    }

    @Test
    void whatIsCountedIsForgottenAfterTheLongestPause() {
        String code = prepare("ann.signin", T0);
        attempt("ann.signin", wrong(code), T0);
        Instant later = T0.plus(Settings.Codes.LONGEST_PAUSE);
        assertThat(store.<Integer>write(tx -> codes.sweep(tx, later))).isZero();
        assertThat(store.<Integer>write(tx -> codes.sweep(tx, later.plusMillis(1))))
                .isEqualTo(2);
    }

    private static <T> List<T> atOnce(int count, java.util.concurrent.Callable<T> task) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) futures.add(threads.submit(task));
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) results.add(future.get());
            return results;
        }
    }
}
