package dev.usher.checks.signin;

import dev.usher.checks.harness.Answer;
import dev.usher.checks.harness.Fapi;
import dev.usher.checks.harness.Person;
import dev.usher.checks.harness.RunningUsher;

/** Somebody who asks for links in one browser and reads the mails with them. */
final class Reader {
    static final String PAGE = Fapi.ORIGIN + "/verify";

    final RunningUsher usher;
    final Person person = Person.withInbox();
    final Fapi browser;

    Reader(RunningUsher usher) {
        this.usher = usher;
        this.browser = usher.browser();
    }

    /** One who has an account, made in some other browser. */
    static Reader withAccount(RunningUsher usher) {
        Reader reader = new Reader(usher);
        Fapi.require(usher.server()
                .post(
                        "/v1/users",
                        "{\"email_address\":[\"%s\"],\"password\":\"%s\"}"
                                .formatted(reader.person.email(), reader.person.password())));
        return reader;
    }

    /** Begins a sign-in by link; its id. */
    String signIn() {
        return Fapi.require(browser.post(
                        "/v1/client/sign_ins",
                        "identifier",
                        person.email(),
                        "strategy",
                        "email_link",
                        "redirect_url",
                        PAGE))
                .string("/response/id");
    }

    Answer attempt(String id) {
        return browser.get("/v1/client/sign_ins/" + id);
    }

    String signUp(String... more) {
        String id = Fapi.require(browser.post("/v1/client/sign_ups", more)).string("/response/id");
        Fapi.require(prepareSignUp(id));
        return id;
    }

    Answer prepareSignUp(String id) {
        return browser.post(
                "/v1/client/sign_ups/" + id + "/prepare_verification", "strategy", "email_link", "redirect_url", PAGE);
    }

    String link() {
        return usher.linkFor(person);
    }

    /** Opens the newest link as a browser does that goes there; the address on which it ends. */
    String open(Fapi where) {
        return end(open(where, link()));
    }

    static Answer open(Fapi where, String link) {
        return where.send(where.call("GET", link).without("Origin"));
    }

    static String end(Answer answer) {
        if (answer.status() != 303) throw new AssertionError("leads nowhere: " + answer);
        return answer.header("location").orElseThrow();
    }

    static String ended(String status) {
        return PAGE + "?__clerk_status=" + status;
    }
}
