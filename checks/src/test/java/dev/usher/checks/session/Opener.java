package dev.usher.checks.session;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;
import java.util.List;
import java.util.concurrent.Callable;

/** Somebody with an account who opens sessions in every way that there is. */
record Opener(Bapi server, Person person, String userId) {
    enum Way {
        PASSWORD,
        CODE,
        TICKET,
        SERVER
    }

    static Opener with(RunningUsher usher) {
        Person person = Person.fresh();
        Bapi server = usher.server();
        String body = "{\"email_address\":[\"%s\"],\"password\":\"%s\"}".formatted(person.email(), person.password());
        return new Opener(
                server, person, Fapi.require(server.post("/v1/users", body)).string("/id"));
    }

    Answer tries(Way way, Fapi browser) {
        return switch (way) {
            case PASSWORD ->
                browser.post("/v1/client/sign_ins", "identifier", person.email(), "password", person.password());
            case CODE -> attempt(browser, begin(browser));
            case TICKET -> signIn(browser, ticket());
            case SERVER -> server.post("/v1/sessions", "{\"user_id\":\"" + userId + "\"}");
        };
    }

    String opens(Way way, Fapi browser) {
        Answer done = Fapi.require(tries(way, browser));
        return done.string(way == Way.SERVER ? "/id" : "/response/created_session_id");
    }

    /** All but the last step of a sign-in, which is returned. */
    Callable<Answer> opening(Fapi browser) {
        String id = begin(browser);
        return () -> attempt(browser, id);
    }

    private String begin(Fapi browser) {
        return Fapi.require(browser.post("/v1/client/sign_ins", "identifier", person.email(), "strategy", "email_code"))
                .string("/response/id");
    }

    private static Answer attempt(Fapi browser, String id) {
        return browser.post(
                "/v1/client/sign_ins/" + id + "/attempt_first_factor", "strategy", "email_code", "code", "424242");
    }

    static Answer signIn(Fapi browser, String ticket) {
        return browser.post("/v1/client/sign_ins", "strategy", "ticket", "ticket", ticket);
    }

    String ticket() {
        return Fapi.require(server.post("/v1/sign_in_tokens", "{\"user_id\":\"" + userId + "\"}"))
                .string("/token");
    }

    String actorTicket() {
        return Fapi.require(server.post(
                        "/v1/actor_tokens", "{\"user_id\":\"" + userId + "\",\"actor\":{\"sub\":\"user_support\"}}"))
                .string("/token");
    }

    String impersonates(Fapi browser) {
        return Fapi.require(signIn(browser, actorTicket())).string("/response/created_session_id");
    }

    /** The ids of the user's open sessions, wherever they are. */
    List<String> open() {
        return Fapi.require(server.get("/v1/sessions?status=active&limit=100&user_id=" + userId))
                .json()
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }
}
