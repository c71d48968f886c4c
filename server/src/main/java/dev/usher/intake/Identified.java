package dev.usher.intake;

import dev.usher.user.ImportedUser;

/** A user must have something to be found by. */
final class Identified {
    private Identified() {}

    static ImportedUser required(ImportedUser user) throws Fields.Bad {
        boolean none = user.emailAddresses().isEmpty()
                && user.phoneNumbers().isEmpty()
                && user.username().isEmpty();
        if (none) throw new Fields.Bad("the user has no e-mail address, phone number or username");
        return user;
    }
}
