package dev.usher.account;

import dev.usher.base.Json;
import dev.usher.factor.BackupCodes;
import dev.usher.factor.Codes;
import dev.usher.factor.Factors;
import dev.usher.factor.Links;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Passkeys;
import dev.usher.factor.RateLimits;
import dev.usher.factor.Totp;
import dev.usher.factor.UserSecondFactors;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.user.Affiliations;
import dev.usher.user.Identifiers;
import dev.usher.user.RecentProof;
import dev.usher.user.Users;

/** The door of this room: its endpoints. */
public final class AccountRoom {
    /** What this room takes from the room of factors. */
    public record FactorRoom(
            Factors factors,
            Codes codes,
            Links links,
            NewPasswords passwords,
            Totp totp,
            BackupCodes backupCodes,
            UserSecondFactors secondFactors,
            Passkeys passkeys,
            RateLimits limits) {}

    private final EmailAddressRoutes emailAddresses;
    private final PhoneNumberRoutes phoneNumbers;
    private final SecondFactorRoutes secondFactors;
    private final PasswordRoutes passwords;
    private final PasskeyRoutes passkeys;

    public AccountRoom(
            Store store,
            Sessions sessions,
            Users users,
            Identifiers identifiers,
            FactorRoom room,
            RecentProof recentProof,
            Affiliations affiliations) {
        SignedIn signedIn = new SignedIn(sessions, users, recentProof);
        var second = new SecondFactors(store, signedIn, users, room.secondFactors(), room.backupCodes());
        emailAddresses = new EmailAddressRoutes(
                new EmailAddresses(store, signedIn, identifiers, room.codes(), room.links()), room.limits());
        phoneNumbers = new PhoneNumberRoutes(
                new PhoneNumbers(store, signedIn, identifiers, second, room.codes()), room.limits());
        secondFactors = new SecondFactorRoutes(
                new Totps(store, signedIn, sessions, second, room.totp()), second, room.limits());
        passwords = new PasswordRoutes(
                new PasswordChanges(store, signedIn, sessions, users, room.factors(), room.passwords()),
                room.limits(),
                store,
                affiliations);
        passkeys = new PasskeyRoutes(new OwnPasskeys(store, signedIn, room.passkeys()));
    }

    public void mount(Router frontend) {
        emailAddresses.mount(frontend);
        phoneNumbers.mount(frontend);
        secondFactors.mount(frontend);
        passwords.mount(frontend);
        passkeys.mount(frontend);
    }

    /** What a removal is answered with. */
    static Reply deleted(String object, String id) {
        return Reply.resource(Json.object().put("id", id).put("object", object).put("deleted", true))
                .withClient();
    }
}
