package dev.usher.backend;

import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.http.Given;
import dev.usher.instance.Instance;
import dev.usher.store.WriteTx;
import dev.usher.user.AccountIdentifiers;
import dev.usher.user.Identifiers;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;
import dev.usher.user.Users;
import java.time.Instant;

/** Phone numbers as second factors: whether a number is one, and whether its user has any. */
final class SecondFactorNumbers {
    private final Users users;
    private final Identifiers identifiers;

    SecondFactorNumbers(Users users, Identifiers identifiers) {
        this.users = users;
        this.identifiers = identifiers;
    }

    /** Makes the number a second factor or an identifier again, where that was said; the first one is offered first. */
    void settle(WriteTx tx, Exchange exchange, AccountIdentifiers.Owned owned, Given<Boolean> reserved) {
        User user = owned.user();
        PhoneNumber number = user.phoneNumbers().stream()
                .filter(one -> one.id().equals(owned.identifier().id()))
                .findFirst()
                .orElseThrow();
        boolean wanted = reserved.or(number.reservedForSecondFactor());
        if (wanted && number.verifiedAt().isEmpty()) throw FactorErrors.secondFactorUnverified();
        if (wanted != number.reservedForSecondFactor()) {
            boolean first = user.phoneNumbers().stream().noneMatch(PhoneNumber::isSecondFactor);
            identifiers.usePhoneNumber(tx, user, number, wanted, wanted && first, exchange.now());
        }
        changed(tx, Instance.of(exchange), user.id(), exchange.now());
    }

    /** Notes in the account what its numbers have become. */
    void changed(WriteTx tx, Instance instance, String userId, Instant now) {
        var factors = users.find(tx, instance, userId).orElseThrow().secondFactors();
        users.secondFactorsChanged(tx, instance, userId, factors.totp(), factors.backupCodes(), now);
    }
}
