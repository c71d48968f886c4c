package dev.usher.backend;

import dev.usher.http.Body;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.user.AccountIdentifiers;
import dev.usher.user.Accounts;
import dev.usher.user.Identifier;
import dev.usher.user.Standing;
import dev.usher.user.User;
import dev.usher.user.UserJson;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/email_addresses} or {@code /v1/phone_numbers}: the two have the same operations. What a number has more, its use
 * as a second factor, is said with the same requests.
 */
final class IdentifierRoutes {
    private static final String SECOND_FACTOR = "reserved_for_second_factor";

    private final Store store;
    private final Accounts accounts;
    private final AccountIdentifiers identifiers;
    private final SecondFactorNumbers secondFactors;
    private final Identifier.Kind kind;

    IdentifierRoutes(
            Store store,
            Accounts accounts,
            AccountIdentifiers identifiers,
            SecondFactorNumbers secondFactors,
            Identifier.Kind kind) {
        this.store = store;
        this.accounts = accounts;
        this.identifiers = identifiers;
        this.secondFactors = secondFactors;
        this.kind = kind;
    }

    void mount(Router backend) {
        String all = allPath(kind);
        String one = onePath(kind);
        backend.add("POST", all, this::create)
                .add("GET", one, this::read)
                .add("PATCH", one, this::update)
                .add("DELETE", one, this::delete)
                .add("PUT", "/v1/users/{user_id}/" + kind.field(), this::replaceAll);
    }

    static String allPath(Identifier.Kind kind) {
        return kind == Identifier.Kind.EMAIL_ADDRESS ? "/v1/email_addresses" : "/v1/phone_numbers";
    }

    static String onePath(Identifier.Kind kind) {
        return allPath(kind) + "/{" + kind.field() + "_id}";
    }

    private boolean isPhone() {
        return kind == Identifier.Kind.PHONE_NUMBER;
    }

    private Body body(Exchange exchange, String... fields) {
        String[] known = new String[fields.length + 1];
        System.arraycopy(fields, 0, known, 0, fields.length);
        known[fields.length] = isPhone() ? SECOND_FACTOR : "notify_primary_email_address_changed";
        Body body = exchange.body(known);
        body.flag(known[fields.length]);
        return body;
    }

    private Reply create(Exchange exchange) {
        Body body = body(exchange, "user_id", kind.field(), "verified", "primary");
        String userId = body.required("user_id");
        String text = body.required(kind.field());
        Standing standing = AccountFields.isSet(body, "verified") ? Standing.VERIFIED : Standing.UNVERIFIED;
        boolean primary = AccountFields.isSet(body, "primary");
        Instance instance = Instance.of(exchange);
        return reply(store.write(tx -> {
            User user = accounts.get(tx, instance, userId);
            String id = identifiers.add(tx, instance, user, text, standing, primary, exchange.now());
            return used(tx, exchange, id, body);
        }));
    }

    private Reply read(Exchange exchange) {
        return reply(store.read(tx -> identifiers.get(tx, Instance.of(exchange), id(exchange))));
    }

    private String id(Exchange exchange) {
        return exchange.param(kind.field() + "_id");
    }

    private Reply update(Exchange exchange) {
        Body body = body(exchange, "verified", "primary");
        Optional<Boolean> verified = body.flag("verified").value();
        boolean primary = AccountFields.isSet(body, "primary");
        Instance instance = Instance.of(exchange);
        return reply(store.write(tx -> {
            var owned = identifiers.get(tx, instance, id(exchange));
            identifiers.update(tx, instance, owned, verified, primary, exchange.now());
            return used(tx, exchange, id(exchange), body);
        }));
    }

    /** The identifier as it is after what the body says of its use. */
    private AccountIdentifiers.Owned used(WriteTx tx, Exchange exchange, String id, Body body) {
        Instance instance = Instance.of(exchange);
        if (isPhone()) secondFactors.settle(tx, exchange, identifiers.get(tx, instance, id), body.flag(SECOND_FACTOR));
        return identifiers.get(tx, instance, id);
    }

    private Reply delete(Exchange exchange) {
        exchange.body();
        Instance instance = Instance.of(exchange);
        store.change(tx -> {
            var owned = identifiers.get(tx, instance, id(exchange));
            identifiers.remove(tx, owned, exchange.now());
            if (isPhone()) secondFactors.changed(tx, instance, owned.user().id(), exchange.now());
        });
        return Lists.deleted(kind.field(), id(exchange));
    }

    private Reply replaceAll(Exchange exchange) {
        Body body = exchange.body(kind.field(), "identification_status", "notify_primary_email_address_changed");
        String text = body.required(kind.field());
        body.flag("notify_primary_email_address_changed");
        Standing standing = AccountFields.standing(
                "identification_status", body.text("identification_status").or("verified"));
        Instance instance = Instance.of(exchange);
        return reply(store.write(tx -> {
            User user = accounts.get(tx, instance, exchange.param("user_id"));
            String id = identifiers.replaceAll(tx, instance, user, text, standing, exchange.now());
            if (isPhone()) secondFactors.changed(tx, instance, user.id(), exchange.now());
            return identifiers.get(tx, instance, id);
        }));
    }

    private Reply reply(AccountIdentifiers.Owned owned) {
        return Reply.bare(json(owned));
    }

    private static ObjectNode json(AccountIdentifiers.Owned owned) {
        User user = owned.user();
        String id = owned.identifier().id();
        return user.phoneNumbers().stream()
                .filter(number -> number.id().equals(id))
                .findFirst()
                .map(UserJson::phoneNumber)
                .or(() -> user.emailAddresses().stream()
                        .filter(address -> address.id().equals(id))
                        .findFirst()
                        .map(UserJson::emailAddress))
                .orElseThrow();
    }
}
