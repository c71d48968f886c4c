package dev.usher.account;

import dev.usher.factor.BackupCodes;
import dev.usher.factor.Codes;
import dev.usher.factor.Verdict;
import dev.usher.factor.Verification;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Form;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import dev.usher.store.Store;
import dev.usher.store.Tx;
import dev.usher.user.Identifiers;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The signed-in person's phone numbers. */
final class PhoneNumbers {
    private static final String STRATEGY = "phone_code";
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final Store store;
    private final SignedIn signedIn;
    private final Identifiers identifiers;
    private final SecondFactors secondFactors;
    private final Codes codes;

    PhoneNumbers(Store store, SignedIn signedIn, Identifiers identifiers, SecondFactors secondFactors, Codes codes) {
        this.store = store;
        this.signedIn = signedIn;
        this.identifiers = identifiers;
        this.secondFactors = secondFactors;
        this.codes = codes;
    }

    /** A number that a code was sent to. */
    record Prepared(PhoneNumber number, Verification verification) {}

    List<PhoneNumber> all(Exchange exchange) {
        return store.read(tx -> signedIn.user(tx, exchange).phoneNumbers());
    }

    PhoneNumber get(Exchange exchange, String id) {
        return store.read(tx -> found(signedIn.user(tx, exchange), id));
    }

    private static PhoneNumber found(User user, String id) {
        return user.phoneNumbers().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Errors.notFound("phone number", id));
    }

    PhoneNumber add(Exchange exchange, Form form) {
        Instance instance = Instance.of(exchange);
        FactorSettings.PhoneNumbers settings = instance.settings().factors().phoneNumbers();
        if (!settings.enabled()) throw Errors.unknownField("phone_number");
        String number = PhoneNumber.required("phone_number", form.required("phone_number"), instance.settings());
        boolean reserved = flag(form, "reserved_for_second_factor").orElse(false);
        return store.write(tx -> {
            User user = signedIn.provedUser(tx, exchange);
            String id = identifiers.addPhoneNumber(tx, instance, user, number, exchange.now());
            User now = signedIn.user(tx, exchange);
            identifiers.usePhoneNumber(tx, now, found(now, id), reserved, false, exchange.now());
            return found(signedIn.user(tx, exchange), id);
        });
    }

    private static Optional<Boolean> flag(Form form, String field) {
        return form.text(field).map(text -> form.oneOf(field, FLAGS).equals("true"));
    }

    Prepared prepare(Exchange exchange, String id, Form form) {
        if (!form.required("strategy").equals(STRATEGY)) throw Errors.invalidStrategy("given");
        return store.write(tx -> {
            PhoneNumber number = unverified(tx, exchange, id);
            var purpose = new Codes.Purpose(
                    id,
                    STRATEGY,
                    Optional.of(id),
                    Optional.of(signedIn.user(tx, exchange).id()),
                    number.phoneNumber());
            return new Prepared(number, codes.prepare(tx, Instance.of(exchange), purpose, exchange.now()));
        });
    }

    private PhoneNumber unverified(Tx tx, Exchange exchange, String id) {
        PhoneNumber number = found(signedIn.user(tx, exchange), id);
        if (number.verifiedAt().isPresent()) throw Errors.verificationAlreadyVerified();
        return number;
    }

    PhoneNumber attempt(Exchange exchange, String id, Form form) {
        String code = form.required("code");
        Verdict verdict = store.write(tx -> {
            unverified(tx, exchange, id);
            Verdict found = codes.attempt(tx, Instance.of(exchange), id, STRATEGY, code, exchange.now());
            if (found instanceof Verdict.Passed) {
                identifiers.phoneNumberProved(tx, signedIn.user(tx, exchange), id, STRATEGY, exchange.now());
                secondFactors.changed(tx, exchange, signedIn.user(tx, exchange).id(), Optional.empty());
            }
            return found;
        });
        verdict.orRefuse();
        return get(exchange, id);
    }

    /** A number with the first set of backup codes where it brought one. */
    record Updated(PhoneNumber number, List<String> backupCodes) {}

    /** Says what a verified number is used for. */
    Updated update(Exchange exchange, String id, Form form) {
        Optional<Boolean> reserved = flag(form, "reserved_for_second_factor");
        Optional<Boolean> byDefault = flag(form, "default_second_factor");
        Optional<BackupCodes.Made> made =
                reserved.orElse(false) ? secondFactors.firstCodes(exchange) : Optional.empty();
        return store.write(tx -> {
            User user = signedIn.user(tx, exchange);
            PhoneNumber number = found(user, id);
            signedIn.provedUser(tx, exchange);
            boolean becomesReserved = reserved.orElse(number.reservedForSecondFactor());
            boolean becomesDefault = becomesReserved && byDefault.orElse(number.defaultSecondFactor());
            if (becomesReserved && number.verifiedAt().isEmpty()) throw FactorErrors.secondFactorUnverified();
            identifiers.usePhoneNumber(tx, user, number, becomesReserved, becomesDefault, exchange.now());
            List<String> codes = secondFactors.changed(tx, exchange, user.id(), made);
            return new Updated(found(signedIn.user(tx, exchange), id), codes);
        });
    }

    void remove(Exchange exchange, String id) {
        store.change(tx -> {
            User user = signedIn.user(tx, exchange);
            PhoneNumber number = found(user, id);
            signedIn.provedUser(tx, exchange);
            identifiers.removePhoneNumber(tx, user, number, exchange.now());
            codes.forget(tx, id);
            secondFactors.changed(tx, exchange, user.id(), Optional.empty());
        });
    }
}
