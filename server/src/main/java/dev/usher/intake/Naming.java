package dev.usher.intake;

import java.util.Optional;

/** Which id a user gets here. */
public enum Naming {
    /** The id that the user had, where it has the form of one; else a new one, with the old one as the external id. */
    KEEP,
    /** A new id, with the old one as the external id. */
    RENEW;

    /** The ids of one user. */
    record Ids(Optional<String> id, Optional<String> externalId) {}

    Ids ids(Optional<String> had, Optional<String> externalId) throws Fields.Bad {
        boolean kept = this == KEEP && had.filter(Fields::isUserId).isPresent();
        if (had.isEmpty() || kept) return new Ids(had, externalId);
        if (externalId.isPresent() && !externalId.equals(had))
            throw new Fields.Bad("the user has an external id already, which its old id would replace");
        return new Ids(Optional.empty(), had);
    }
}
