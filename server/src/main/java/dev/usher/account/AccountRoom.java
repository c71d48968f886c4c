package dev.usher.account;

import dev.usher.base.Json;
import dev.usher.factor.Codes;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.user.Identifiers;
import dev.usher.user.RecentProof;
import dev.usher.user.Users;

/** The door of this room: its endpoints. */
public final class AccountRoom {
    private final EmailAddressRoutes emailAddresses;
    private final PhoneNumberRoutes phoneNumbers;

    public AccountRoom(
            Store store,
            Sessions sessions,
            Users users,
            Identifiers identifiers,
            Codes codes,
            RecentProof recentProof) {
        SignedIn signedIn = new SignedIn(sessions, users, recentProof);
        emailAddresses = new EmailAddressRoutes(new EmailAddresses(store, signedIn, identifiers, codes));
        phoneNumbers = new PhoneNumberRoutes(new PhoneNumbers(store, signedIn, users, identifiers, codes));
    }

    public void mount(Router frontend) {
        emailAddresses.mount(frontend);
        phoneNumbers.mount(frontend);
    }

    /** What a removal is answered with. */
    static Reply deleted(String object, String id) {
        return Reply.resource(Json.object().put("id", id).put("object", object).put("deleted", true))
                .withClient();
    }
}
