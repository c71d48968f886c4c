package dev.usher.checks.race;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.ArrayList;
import java.util.List;

/** Somebody with an account, and the journal of what the server acknowledged to them. Used by one thread at a time. */
final class Member {
    private record Entry(Fapi browser, String session) {}

    private final RunningUsher usher;
    private final Person person = Person.fresh();
    private final List<Entry> open = new ArrayList<>();
    private final List<Entry> ended = new ArrayList<>();

    Member(RunningUsher usher) {
        this.usher = usher;
    }

    Member signUp() {
        Fapi browser = usher.browser();
        open.add(new Entry(browser, browser.signUp(person)));
        return this;
    }

    /** Signs in on another client, by a code. */
    Member signIn() {
        Fapi browser = usher.browser();
        String id = Fapi.require(
                        browser.post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
        Answer done = Fapi.require(browser.post(
                "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_code", "code", "424242"));
        open.add(new Entry(browser, done.string("/response/created_session_id")));
        return this;
    }

    /** Ends the oldest open session. */
    Member end() {
        Entry oldest = open.removeFirst();
        Fapi.require(oldest.browser().session(oldest.session(), "end"));
        ended.add(oldest);
        return this;
    }

    boolean hasAccount() {
        return !open.isEmpty() || !ended.isEmpty();
    }

    /** Whether the server still holds everything that it acknowledged. */
    boolean isIntact() {
        if (!hasAccount()) return isAllOrNothing();
        for (Entry entry : open)
            assertThat(entry.browser().mint(entry.session())).isOk();
        for (Entry entry : ended)
            assertThat(entry.browser().mint(entry.session())).isRefused(401, "authentication_invalid");
        if (!open.isEmpty()) isListed(open.getLast());
        return true;
    }

    private void isListed(Entry entry) {
        assertThat(entry.browser().sessions()).containsExactly(entry.session());
        List<String> devices = Fapi.require(entry.browser().get("/v1/me/sessions/active"))
                .json()
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
        assertThat(devices).containsAll(open.stream().map(Entry::session).toList());
        assertThat(ended).noneMatch(dead -> devices.contains(dead.session()));
    }

    /** An unanswered sign-up made an account with everything, or none. */
    private boolean isAllOrNothing() {
        Answer answer = usher.browser().post("/v1/client/sign_ins", "identifier", person.email());
        if (answer.status() == 200)
            assertThat(answer.at("/response/supported_first_factors").size()).isEqualTo(3);
        else assertThat(answer).isRefused(422, "form_identifier_not_found", "identifier");
        return true;
    }
}
