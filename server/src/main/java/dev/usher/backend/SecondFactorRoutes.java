package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.factor.Passkeys;
import dev.usher.factor.UserSecondFactors;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.user.Accounts;
import dev.usher.user.Identifiers;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;

/** Below {@code /v1/users/{user_id}}: authenticator app, backup codes, all second factors at once, and passkeys. */
final class SecondFactorRoutes {
    private static final String ONE = "/v1/users/{user_id}";

    private final Store store;
    private final Accounts accounts;
    private final Identifiers identifiers;
    private final UserSecondFactors secondFactors;
    private final Passkeys passkeys;

    SecondFactorRoutes(
            Store store,
            Accounts accounts,
            Identifiers identifiers,
            UserSecondFactors secondFactors,
            Passkeys passkeys) {
        this.store = store;
        this.accounts = accounts;
        this.identifiers = identifiers;
        this.secondFactors = secondFactors;
        this.passkeys = passkeys;
    }

    void mount(Router backend) {
        backend.add("POST", ONE + "/verify_totp", this::verify)
                .add("DELETE", ONE + "/totp", exchange -> removed(exchange, this::removeTotp))
                .add("DELETE", ONE + "/backup_code", exchange -> removed(exchange, this::removeBackupCodes))
                .add("DELETE", ONE + "/mfa", exchange -> removed(exchange, this::removeAll))
                .add("DELETE", ONE + "/passkeys/{passkey_identification_id}", this::removePasskey);
    }

    private Reply verify(Exchange exchange) {
        Body body = exchange.body("code");
        String code = body.required("code");
        User user = store.read(tx -> accounts.get(tx, Instance.of(exchange), exchange.param("user_id")));
        if (!user.secondFactors().totp() && !user.secondFactors().backupCodes()) throw FactorErrors.totpDisabled();
        var type = secondFactors
                .spend(Instance.of(exchange), user.id(), code, exchange.now())
                .orElseThrow(FactorErrors::totpIncorrectCode);
        String word = switch (type) {
            case TOTP -> "totp";
            case BACKUP_CODE -> "backup_code";
        };
        return Reply.bare(Json.object().put("verified", true).put("code_type", word));
    }

    /** What is taken from an account. */
    private interface Removal {
        void from(WriteTx tx, Exchange exchange, User user);
    }

    private Reply removed(Exchange exchange, Removal removal) {
        exchange.body();
        String userId = exchange.param("user_id");
        store.change(tx -> removal.from(tx, exchange, accounts.get(tx, Instance.of(exchange), userId)));
        return Reply.bare(Json.object().put("user_id", userId));
    }

    private void removeTotp(WriteTx tx, Exchange exchange, User user) {
        if (!secondFactors.removeTotp(tx, Instance.of(exchange), user.id(), exchange.now()))
            throw Errors.notFound("authenticator app", user.id());
    }

    private void removeBackupCodes(WriteTx tx, Exchange exchange, User user) {
        if (!secondFactors.removeBackupCodes(tx, Instance.of(exchange), user.id(), exchange.now()))
            throw Errors.notFound("set of backup codes", user.id());
    }

    /** Numbers stay in the account, and are second factors no longer. */
    private void removeAll(WriteTx tx, Exchange exchange, User user) {
        user.phoneNumbers().stream()
                .filter(PhoneNumber::reservedForSecondFactor)
                .forEach(number -> identifiers.usePhoneNumber(tx, user, number, false, false, exchange.now()));
        secondFactors.removeTotp(tx, Instance.of(exchange), user.id(), exchange.now());
    }

    private Reply removePasskey(Exchange exchange) {
        exchange.body();
        String id = exchange.param("passkey_identification_id");
        store.change(tx -> {
            User user = accounts.get(tx, Instance.of(exchange), exchange.param("user_id"));
            if (!passkeys.remove(tx, user.id(), id)) throw Errors.notFound("passkey", id);
        });
        return Lists.deleted("passkey", id);
    }
}
