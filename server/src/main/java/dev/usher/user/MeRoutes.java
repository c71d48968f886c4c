package dev.usher.user;

import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/me}: the signed-in person's own account. */
public final class MeRoutes {
    private static final Set<String> SENSITIVE = Set.of("primary_email_address_id", "primary_phone_number_id");

    private final Store store;
    private final Users users;
    private final CurrentUser currentUser;
    private final RecentProof recentProof;
    private final Affiliations affiliations;

    public MeRoutes(
            Store store, Users users, CurrentUser currentUser, RecentProof recentProof, Affiliations affiliations) {
        this.store = store;
        this.users = users;
        this.currentUser = currentUser;
        this.recentProof = recentProof;
        this.affiliations = affiliations;
    }

    public void mount(Router frontend) {
        frontend.add("GET", "/v1/me", this::read)
                .add("PATCH", "/v1/me", this::update)
                .add("DELETE", "/v1/me", this::delete);
    }

    private Reply read(Exchange exchange) {
        return reply(store.read(tx -> shown(tx, exchange)));
    }

    private Reply update(Exchange exchange) {
        Form form = exchange.form(
                "username",
                "first_name",
                "last_name",
                "primary_email_address_id",
                "primary_phone_number_id",
                "primary_web3_wallet_id");
        refuseWhatIsOff(form);
        return reply(store.write(tx -> {
            User user = current(tx, exchange);
            boolean isSensitive =
                    SENSITIVE.stream().anyMatch(field -> form.given(field).isPresent());
            if (isSensitive) recentProof.require(tx, exchange, user);
            users.update(tx, user, form, exchange.now());
            return shown(tx, exchange);
        }));
    }

    private static void refuseWhatIsOff(Form form) {
        for (String field : new String[] {"username", "primary_web3_wallet_id"})
            if (form.text(field).isPresent()) throw Errors.unknownField(field);
    }

    private Reply delete(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        exchange.form();
        String userId = store.write(tx -> {
            User user = current(tx, exchange);
            if (!user.mayDeleteSelf(instance.settings())) throw Errors.deleteSelfDisabled();
            recentProof.require(tx, exchange, user);
            users.delete(tx, instance, user.id(), exchange.now());
            return user.id();
        });
        return Reply.resource(
                        Json.object().put("id", userId).put("object", "user").put("deleted", true))
                .withClient();
    }

    private User current(Tx tx, Exchange exchange) {
        return users.find(tx, Instance.of(exchange), currentUser.idOf(tx, exchange))
                .orElseThrow(Errors::authenticationInvalid);
    }

    private ObjectNode shown(Tx tx, Exchange exchange) {
        User user = current(tx, exchange);
        return UserJson.of(exchange, user, affiliations.of(tx, exchange, user.id()));
    }

    private static Reply reply(ObjectNode user) {
        return Reply.resource(user).withClient();
    }
}
