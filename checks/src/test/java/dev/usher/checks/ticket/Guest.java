package dev.usher.checks.ticket;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Bapi;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;

/** Somebody with an account, and the server that makes tickets for them. */
record Guest(RunningUsher usher, Bapi server, Person person, String userId) {
    static Guest with(RunningUsher usher) {
        Person person = Person.fresh();
        Bapi server = usher.server();
        String id = Fapi.require(server.post(
                        "/v1/users",
                        "{\"email_address\":[\"%s\"],\"password\":\"%s\"}"
                                .formatted(person.email(), person.password())))
                .string("/id");
        return new Guest(usher, server, person, id);
    }

    Answer signInToken(String more) {
        return Fapi.require(server.post("/v1/sign_in_tokens", "{\"user_id\":\"" + userId + "\"" + more + "}"));
    }

    Answer actorToken(String more) {
        return Fapi.require(server.post(
                "/v1/actor_tokens",
                "{\"user_id\":\"" + userId + "\",\"actor\":{\"sub\":\"user_support\",\"iss\":\"desk\"}" + more + "}"));
    }

    static Answer signIn(Fapi browser, String ticket) {
        return browser.post("/v1/client/sign_ins", "strategy", "ticket", "ticket", ticket);
    }

    Answer user() {
        return Fapi.require(server.get("/v1/users/" + userId));
    }
}
