package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.factor.Codes;
import dev.usher.factor.Verdict;
import dev.usher.factor.Verification;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.store.WriteTx;
import dev.usher.user.AccountIdentifiers;
import dev.usher.user.Identifier;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Codes that a server sends to an address or a number and compares; how an attempt came out is told by the status. */
final class IdentifierCodeRoutes {
    private final Store store;
    private final AccountIdentifiers identifiers;
    private final Codes codes;
    private final Identifier.Kind kind;

    IdentifierCodeRoutes(Store store, AccountIdentifiers identifiers, Codes codes, Identifier.Kind kind) {
        this.store = store;
        this.identifiers = identifiers;
        this.codes = codes;
        this.kind = kind;
    }

    void mount(Router backend) {
        String one = IdentifierRoutes.onePath(kind);
        backend.add("POST", one + "/prepare_verification", this::prepare)
                .add("POST", one + "/attempt_verification", this::attempt);
    }

    private String strategy() {
        return kind == Identifier.Kind.EMAIL_ADDRESS ? "email_code" : "phone_code";
    }

    /** Codes that servers send are none that a person was sent for an attempt of their own. */
    private static String owner(AccountIdentifiers.Owned owned) {
        return "backend:" + owned.identifier().id();
    }

    private AccountIdentifiers.Owned owned(Tx tx, Exchange exchange) {
        return identifiers.get(tx, Instance.of(exchange), exchange.param(kind.field() + "_id"));
    }

    private Reply prepare(Exchange exchange) {
        exchange.body();
        Verification sent = store.write(tx -> {
            var owned = owned(tx, exchange);
            var purpose = new Codes.Purpose(
                    owner(owned),
                    strategy(),
                    Optional.of(owned.identifier().id()),
                    Optional.of(owned.user().id()),
                    owned.identifier().text());
            return codes.prepare(tx, Instance.of(exchange), purpose, exchange.now());
        });
        return reply(exchange, sent);
    }

    private Reply attempt(Exchange exchange) {
        Body body = exchange.body("verification_id", "code");
        String id = body.required("verification_id");
        String code = body.required("code");
        return reply(exchange, store.write(tx -> attempted(tx, exchange, id, code)));
    }

    private Verification attempted(WriteTx tx, Exchange exchange, String id, String code) {
        var owned = owned(tx, exchange);
        Verification asked = codes.find(tx, owner(owned))
                .filter(one -> one.id().equals(id))
                .orElseThrow(() -> Errors.notFound("verification", id));
        if (asked.verifiedAt().isPresent()) throw Errors.verificationAlreadyVerified();
        Verdict verdict = codes.attempt(tx, Instance.of(exchange), owner(owned), strategy(), code, exchange.now());
        if (verdict instanceof Verdict.Paused) throw FactorErrors.codesPaused();
        if (verdict instanceof Verdict.Passed)
            identifiers.update(tx, Instance.of(exchange), owned, Optional.of(true), false, exchange.now());
        return codes.find(tx, owner(owned)).orElseThrow();
    }

    private Reply reply(Exchange exchange, Verification verification) {
        ObjectNode json = Json.object()
                .put("object", "verification_otp")
                .put("id", verification.id())
                .put("status", verification.statusAt(exchange.now()))
                .put("strategy", verification.strategy())
                .put("attempts", verification.attempts())
                .put("expire_at", verification.expireAt().toEpochMilli());
        if (kind == Identifier.Kind.PHONE_NUMBER) json.put("channel", "sms");
        return Reply.bare(json);
    }
}
