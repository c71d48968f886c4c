package dev.usher.checks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Contract;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import dev.usher.checks.webhook.Receiver.Told;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions that wait for a task, and those that come to their end by themselves. */
class SessionEventsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Receiver app = new Receiver();
    private static final Receiver other = new Receiver();

    @RegisterExtension
    static final RunningUsher usher = RunningUsher.inMemory(
            app.declared("session.created", "session.pending", "session.expired") + """
                - url: %s
              session:
                maximum-lifetime: "5h"
                inactivity-timeout: "1h"
                maximum-per-user: 1
              organizations:
                force-selection: true
            """.formatted(other.url()));

    @AfterAll
    static void close() {
        app.close();
        other.close();
    }

    private static String statusOf(Told told) {
        return told.json().at("/data/status").asString("");
    }

    @Test
    void aSessionThatWaitsForAnOrganizationIsToldOfAsPendingToo() {
        Fapi browser = usher.browser();
        String session = browser.signUp(Person.fresh());
        Told created = app.next("session.created", session);
        Told pending = app.next("session.pending", session);
        // The document has this event, and forgot the status among those of a session.
        assertThat(Contract.published().judgeEvent(pending.json()))
                .as(pending.body())
                .allMatch(found -> found.startsWith("/data/status: does not have a value in the enumeration"));
        assertThat(statusOf(created)).isEqualTo("pending");
        assertThat(pending.json().path("data")).isEqualTo(created.json().path("data"));
        assertThat(pending.id()).isNotEqualTo(created.id());
    }

    @Test
    void aSessionThatNobodyUsesIsToldOfAsExpiredOnce() {
        String first = usher.browser().signUp(Person.fresh());
        usher.advance(HOUR);
        assertThat(statusOf(app.next("session.expired", first))).isEqualTo("expired");
        String second = usher.browser().signUp(Person.fresh());
        usher.advance(HOUR);
        app.next("session.expired", second);
        assertThat(app.rest()).noneMatch(told -> told.type().equals("session.expired") && isOf(told, first));
    }

    @Test
    void aSessionInUseIsNotToldOfUntilItsLongestLife() {
        Fapi browser = usher.browser();
        String used = browser.signUp(Person.fresh());
        for (int halves = 0; halves < 3; halves++) {
            usher.advance(HOUR.dividedBy(2));
            Fapi.require(browser.session(used, "touch"));
        }
        String unused = usher.browser().signUp(Person.fresh());
        usher.advance(HOUR.dividedBy(2));
        Fapi.require(browser.session(used, "touch"));
        usher.advance(HOUR.dividedBy(2));
        app.next("session.expired", unused);
        assertThat(app.rest()).noneMatch(told -> told.type().equals("session.expired") && isOf(told, used));
    }

    @Test
    void aSessionThatGivesWayToAnotherIsToldOfAsRevoked() {
        Person person = Person.fresh();
        String first = usher.browser().signUp(person);
        String second = usher.browser().signIn(person);
        assertThat(statusOf(other.next("session.revoked", first))).isEqualTo("revoked");
        other.next("session.created", second);
    }

    /** What is told to one endpoint keeps its order: what comes later would have come after it. */
    @Test
    void whoDidNotAskForThemIsNotToldOfSessionsThatExpired() {
        String session = usher.browser().signUp(Person.fresh());
        usher.advance(HOUR);
        app.next("session.expired", session);
        other.next("session.pending", usher.browser().signUp(Person.fresh()));
        assertThat(other.rest()).noneMatch(told -> told.type().equals("session.expired"));
    }

    private static boolean isOf(Told told, String session) {
        return told.json().at("/data/id").asString("").equals(session);
    }
}
