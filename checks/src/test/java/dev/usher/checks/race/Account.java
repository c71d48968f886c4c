package dev.usher.checks.race;

import static dev.usher.checks.harness.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Somebody who uses an account, and the journal of it: what was answered holds from then on, and what was begun and not
 * answered may have been done or not. Used by one thread at a time.
 */
final class Account {
    private static final int MOST_SESSIONS = 5;

    /** What can be done, each as often as its weight. */
    private enum Deed {
        SIGN_IN(3),
        MINT(6),
        TOUCH(4),
        CHOOSE_ORGANIZATION(4),
        RENAME_ORGANIZATION(2),
        END(2),
        REVOKE(2);

        private final int weight;

        Deed(int weight) {
            this.weight = weight;
        }

        static Deed any(RandomGenerator random) {
            int left = random.nextInt(23);
            for (Deed deed : values()) if ((left -= deed.weight) < 0) return deed;
            throw new IllegalStateException("the weights have another sum");
        }
    }

    /** A session and the client that has it. */
    private static final class Held {
        private final Fapi browser;
        private final String session;
        private String organization = "";
        private String wantedOrganization = "";

        Held(Fapi browser, String session) {
            this.browser = browser;
            this.session = session;
        }
    }

    private final RandomGenerator random;
    private final Person person = Person.fresh();
    private final List<Held> open = new ArrayList<>();
    private final List<Held> closing = new ArrayList<>();
    private final List<Held> closed = new ArrayList<>();
    private final List<Fapi> spent = new ArrayList<>();
    private String spentSignIn = "";
    private int signInsUnanswered;
    private boolean isSignedUp;
    private String organization = "";
    private String name = "First";
    private String wantedName = name;
    private int renames;

    Account(RandomGenerator random) {
        this.random = random;
    }

    /** Makes the account with a session and an organization. */
    void signUp(RunningUsher node) {
        Fapi browser = node.browser();
        open.add(new Held(browser, browser.signUp(person)));
        isSignedUp = true;
        organization =
                acknowledged(browser.post("/v1/organizations", "name", name)).string("/response/id");
    }

    /** Whether there is a session to do something with. */
    boolean isUsable() {
        return isSignedUp && !open.isEmpty();
    }

    /** Does something; every answer must be a good one. */
    void act(RunningUsher node) {
        if (open.size() < 2) signIn(node);
        else if (open.size() > MOST_SESSIONS) end(node);
        else
            switch (Deed.any(random)) {
                case SIGN_IN -> signIn(node);
                case MINT -> mint(node);
                case TOUCH -> touch(node);
                case CHOOSE_ORGANIZATION -> chooseOrganization(node);
                case RENAME_ORGANIZATION -> renameOrganization(node);
                case END -> end(node);
                case REVOKE -> revoke(node);
            }
    }

    private Held any() {
        return open.get(random.nextInt(open.size()));
    }

    private static Answer acknowledged(Answer answer) {
        assertThat(answer).isOk();
        return answer;
    }

    private void signIn(RunningUsher node) {
        Fapi browser = node.browser();
        signInsUnanswered++;
        String id = acknowledged(
                        browser.post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
        Answer done = acknowledged(attempt(browser, id));
        signInsUnanswered--;
        Held held = new Held(browser, done.string("/response/created_session_id"));
        // A new session begins in an organization of its user, and the answer says in which.
        held.organization = done.string("/client/sessions/0/last_active_organization_id");
        held.wantedOrganization = held.organization;
        open.add(held);
        spentSignIn = id;
        spent.clear();
        spent.add(browser);
    }

    private static Answer attempt(Fapi browser, String signIn) {
        return browser.post(
                "/v1/client/sign_ins/" + signIn + "/attempt_first_factor", "strategy", "email_code", "code", "424242");
    }

    private void mint(RunningUsher node) {
        Held held = any();
        acknowledged(held.browser.at(node).mint(held.session));
    }

    private void touch(RunningUsher node) {
        Held held = any();
        acknowledged(held.browser.at(node).session(held.session, "touch"));
    }

    private void chooseOrganization(RunningUsher node) {
        if (organization.isEmpty()) return;
        Held held = any();
        held.wantedOrganization = held.organization.isEmpty() ? organization : "";
        acknowledged(held.browser
                .at(node)
                .post(
                        "/v1/client/sessions/" + held.session + "/touch",
                        "active_organization_id",
                        held.wantedOrganization));
        held.organization = held.wantedOrganization;
    }

    private void renameOrganization(RunningUsher node) {
        if (organization.isEmpty()) return;
        wantedName = "Name " + ++renames;
        acknowledged(any().browser.at(node).patch("/v1/organizations/" + organization, "name", wantedName));
        name = wantedName;
    }

    private void end(RunningUsher node) {
        Held held = open.remove(random.nextInt(open.size()));
        closing.add(held);
        acknowledged(held.browser.at(node).session(held.session, "end"));
        closing.remove(held);
        closed.add(held);
    }

    private void revoke(RunningUsher node) {
        Held held = open.remove(random.nextInt(open.size()));
        closing.add(held);
        acknowledged(any().browser.at(node).post("/v1/me/sessions/" + held.session + "/revoke"));
        closing.remove(held);
        closed.add(held);
    }

    /** Fails unless everything that was acknowledged is there, and the rest whole or not at all; then that is what holds. */
    void assertIntact(RunningUsher node) {
        if (!isSignedUp) {
            assertAllOrNothing(node);
            return;
        }
        open.forEach(
                held -> assertThat(held.browser.at(node).mint(held.session)).isOk());
        closed.forEach(held ->
                assertThat(held.browser.at(node).mint(held.session).status()).isIn(401, 404));
        closing.forEach(held -> settle(node, held));
        closing.clear();
        if (open.isEmpty()) return;
        open.forEach(held -> assertOrganization(node, held));
        assertName(node);
        assertDevices(node);
        spent.forEach(browser ->
                assertThat(attempt(browser.at(node), spentSignIn).status()).isBetween(400, 499));
        spent.clear();
    }

    /** An unanswered sign-up made an account with everything, or none. */
    private void assertAllOrNothing(RunningUsher node) {
        Answer answer = node.browser().post("/v1/client/sign_ins", "identifier", person.email());
        if (answer.status() == 200)
            assertThat(answer.at("/response/supported_first_factors").size()).isEqualTo(3);
        else assertThat(answer).isRefused(422, "form_identifier_not_found", "identifier");
    }

    private void settle(RunningUsher node, Held held) {
        Answer answer = held.browser.at(node).mint(held.session);
        assertThat(answer.status()).isIn(200, 401, 404);
        (answer.status() == 200 ? open : closed).add(held);
    }

    private static void assertOrganization(RunningUsher node, Held held) {
        Answer client = Fapi.require(held.browser.at(node).client());
        assertThat(client.at("/response/sessions").size()).isOne();
        assertThat(client.string("/response/sessions/0/id")).isEqualTo(held.session);
        String found = client.string("/response/sessions/0/last_active_organization_id");
        assertThat(found).isIn(held.organization, held.wantedOrganization);
        held.organization = found;
        held.wantedOrganization = found;
    }

    private void assertName(RunningUsher node) {
        if (organization.isEmpty()) return;
        Answer answer = Fapi.require(open.getFirst().browser.at(node).get("/v1/organizations/" + organization));
        String found = answer.string("/response/name");
        assertThat(found).isIn(name, wantedName);
        name = found;
        wantedName = found;
    }

    /** The list of devices: every session that is open, none that is closed, and of the unanswered at most as many as there were. */
    private void assertDevices(RunningUsher node) {
        Set<String> devices = new HashSet<>();
        Fapi.require(open.getFirst().browser.at(node).get("/v1/me/sessions/active"))
                .json()
                .forEach(one -> devices.add(one.path("id").asString()));
        assertThat(devices).containsAll(open.stream().map(held -> held.session).toList());
        assertThat(closed).noneMatch(held -> devices.contains(held.session));
        assertThat(devices.size() - open.size()).isBetween(0, signInsUnanswered);
    }
}
