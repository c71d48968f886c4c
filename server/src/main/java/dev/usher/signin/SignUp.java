package dev.usher.signin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An attempt to sign up, on its way or finished. */
record SignUp(
        String id,
        String clientId,
        Optional<String> emailAddress,
        Optional<Instant> emailAddressVerifiedAt,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> passwordHash,
        ObjectNode unsafeMetadata,
        Optional<String> locale,
        Optional<String> createdUserId,
        Optional<String> createdSessionId,
        Instant abandonAt) {

    /** Its status on the wire. */
    String statusAt(Instant now) {
        if (createdUserId.isPresent()) return "complete";
        return now.isBefore(abandonAt) ? "missing_requirements" : "abandoned";
    }

    /** Required fields that were not given. */
    List<String> missingFields() {
        List<String> missing = new ArrayList<>();
        if (emailAddress.isEmpty()) missing.add("email_address");
        if (passwordHash.isEmpty()) missing.add("password");
        return missing;
    }

    /** Fields that were given and not proved. */
    List<String> unverifiedFields() {
        return emailAddress.isPresent() && emailAddressVerifiedAt.isEmpty() ? List.of("email_address") : List.of();
    }

    boolean meetsRequirements() {
        return missingFields().isEmpty() && unverifiedFields().isEmpty();
    }

    /** Never the password's hash. */
    @Override
    public String toString() {
        return "SignUp[" + id + "]";
    }
}
