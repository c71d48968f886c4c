package dev.usher.organization;

import dev.usher.http.OrganizationErrors;

/** A member at work: the membership in the name of which something is asked for. */
record Acting(Membership membership) {
    Organization organization() {
        return membership.organization();
    }

    String userId() {
        return membership.userId();
    }

    /** Refuses what the member's role does not allow. */
    Acting require(String permission) {
        if (!membership.role().allows(permission)) throw OrganizationErrors.missingPermission(permission);
        return this;
    }
}
