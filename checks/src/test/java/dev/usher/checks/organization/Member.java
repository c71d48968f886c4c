package dev.usher.checks.organization;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;

/** Somebody with an account and a browser in which they are signed in. */
record Member(Person person, Fapi browser, String session, String userId) {
    static Member signedUp(RunningUsher usher) {
        return signedUp(usher, Person.fresh());
    }

    static Member signedUp(RunningUsher usher, Person person) {
        Fapi browser = usher.browser();
        String session = browser.signUp(person);
        return new Member(person, browser, session, browser.get("/v1/me").string("/response/id"));
    }

    /** The same person, signed in on another browser. */
    Member elsewhere(RunningUsher usher) {
        Fapi other = usher.browser();
        return new Member(person, other, other.signIn(person), userId);
    }

    /** Makes an organization; returns its id. */
    String creates(String name) {
        return Fapi.require(browser.post("/v1/organizations", "name", name)).string("/response/id");
    }

    /** Takes somebody into an organization. */
    void adds(String organization, Member other, String role) {
        Fapi.require(browser.post(
                "/v1/organizations/" + organization + "/memberships", "user_id", other.userId(), "role", role));
    }

    Answer touches(String organization) {
        return browser.post(
                "/v1/client/sessions/" + session + "/touch",
                "active_organization_id",
                organization,
                "intent",
                "select_org");
    }

    Answer mints(String organization) {
        return browser.post("/v1/client/sessions/" + session + "/tokens", "organization_id", organization);
    }

    Answer reads() {
        return browser.get("/v1/client/sessions/" + session);
    }

    /** The organization that is active in the session; null when none is. */
    String active() {
        return Fapi.require(reads()).at("/response/last_active_organization_id").asString(null);
    }
}
