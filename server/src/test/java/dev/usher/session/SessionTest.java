package dev.usher.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.instance.Settings.Lifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The status of a session at the last instant before each deadline and at the first from it on. */
class SessionTest {
    private static final Instant T0 = Instant.parse("2026-11-24T08:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);

    private static Session session(Lifetimes lifetimes, Instant lastActiveAt, Optional<Closing> closing) {
        return new Session(
                "sess_1",
                "ins_1",
                "client_1",
                "user_1",
                T0,
                T0,
                lastActiveAt,
                Deadlines.of(lifetimes, T0),
                closing,
                new FactorAges(Optional.of(T0), Optional.empty()),
                Optional.empty(),
                new Activity(
                        "a",
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                List.of(),
                List.of());
    }

    @Test
    void isPendingWhileATaskIsDueAndNoLonger() {
        Session done = session(new Lifetimes(Optional.of(WEEK), Optional.empty()), T0, Optional.empty());
        Session due = done.withTasks(List.of(SessionTask.CHOOSE_ORGANIZATION));
        assertThat(due.statusAt(T0)).isEqualTo(SessionStatus.PENDING);
        assertThat(due.isOpenAt(T0)).isTrue();
        assertThat(due.statusAt(T0.plus(WEEK))).isEqualTo(SessionStatus.EXPIRED);
        assertThat(due.withTasks(List.of()).statusAt(T0)).isEqualTo(SessionStatus.ACTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, ACTIVE",
        "PT167H59M59.999S, ACTIVE",
        "PT168H, EXPIRED",
        "PT719H59M59.999S, EXPIRED",
        "PT720H, ABANDONED",
        "PT87600H, ABANDONED"
    })
    void followsMaximumLifetimeAndAbandonment(Duration age, SessionStatus status) {
        Session session = session(new Lifetimes(Optional.of(WEEK), Optional.empty()), T0, Optional.empty());
        assertThat(session.statusAt(T0.plus(age))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT59M59.999S, ACTIVE",
        "PT0S, PT1H, EXPIRED",
        "PT30M, PT1H29M59.999S, ACTIVE",
        "PT30M, PT1H30M, EXPIRED"
    })
    void followsInactivity(Duration lastActive, Duration age, SessionStatus status) {
        Lifetimes lifetimes = new Lifetimes(Optional.empty(), Optional.of(HOUR));
        Session session = session(lifetimes, T0.plus(lastActive), Optional.empty());
        assertThat(session.statusAt(T0.plus(age))).isEqualTo(status);
    }

    @Test
    void isNeverAbandonedBeforeItExpires() {
        Lifetimes years = new Lifetimes(Optional.of(Duration.ofDays(3650)), Optional.empty());
        Session session = session(years, T0, Optional.empty());
        assertThat(session.statusAt(T0.plus(Duration.ofDays(3649)))).isEqualTo(SessionStatus.ACTIVE);
        assertThat(session.deadlines().abandonAt())
                .isEqualTo(session.deadlines().expireAt());
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDED", "REMOVED", "REPLACED", "REVOKED"})
    void keepsHowItWasClosed(SessionStatus how) {
        Optional<Closing> closing = Optional.of(new Closing(how, T0));
        Session session = session(new Lifetimes(Optional.of(WEEK), Optional.empty()), T0, closing);
        assertThat(session.statusAt(T0)).isEqualTo(how);
        assertThat(session.statusAt(T0.plus(Duration.ofDays(365)))).isEqualTo(how);
        assertThat(how.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0, -1", "PT59.999S, 0, -1", "PT1M, 1, -1", "PT2H, 120, -1"})
    void countsWholeMinutesSinceEachFactor(Duration age, long first, long second) {
        FactorAges ages = new FactorAges(Optional.of(T0), Optional.empty());
        assertThat(ages.firstMinutes(T0.plus(age))).isEqualTo(first);
        assertThat(ages.secondMinutes(T0.plus(age))).isEqualTo(second);
    }

    @Test
    void hasNoNegativeAgesWhenAClockGoesBack() {
        FactorAges ages = new FactorAges(Optional.of(T0), Optional.of(T0));
        assertThat(ages.firstMinutes(T0.minusSeconds(600))).isZero();
    }
}
