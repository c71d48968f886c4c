package dev.usher.signin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An attempt to sign up, on its way or finished.
 *
 * @param ticketHash the invitation that proved the e-mail address; it is used up when the account is made
 */
record SignUp(
        String id,
        String clientId,
        Optional<String> emailAddress,
        Optional<Instant> emailAddressVerifiedAt,
        Optional<String> phoneNumber,
        Optional<Instant> phoneNumberVerifiedAt,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> passwordHash,
        ObjectNode unsafeMetadata,
        Optional<String> locale,
        Optional<String> createdUserId,
        Optional<String> createdSessionId,
        Optional<String> ticketHash,
        Instant abandonAt) {

    /** Its status on the wire. */
    String statusAt(Instant now) {
        if (createdUserId.isPresent()) return "complete";
        return now.isBefore(abandonAt) ? "missing_requirements" : "abandoned";
    }

    /** Required fields that were not given; any one of the identifiers is enough. */
    List<String> missingFields(List<String> identifiers) {
        List<String> missing = new ArrayList<>();
        if (emailAddress.isEmpty() && phoneNumber.isEmpty()) missing.addAll(identifiers);
        if (passwordHash.isEmpty()) missing.add("password");
        return missing;
    }

    /** Fields that were given and not proved. */
    List<String> unverifiedFields() {
        List<String> unverified = new ArrayList<>();
        if (emailAddress.isPresent() && emailAddressVerifiedAt.isEmpty()) unverified.add("email_address");
        if (phoneNumber.isPresent() && phoneNumberVerifiedAt.isEmpty()) unverified.add("phone_number");
        return unverified;
    }

    /** Whether its address is still to be proved. */
    boolean waitsForAddress(Instant now) {
        return createdUserId.isEmpty()
                && now.isBefore(abandonAt)
                && emailAddress.isPresent()
                && emailAddressVerifiedAt.isEmpty();
    }

    boolean meetsRequirements() {
        return missingFields(List.of("email_address")).isEmpty()
                && unverifiedFields().isEmpty();
    }

    /** The attempt with this address or number proved. */
    SignUp proved(boolean byPhone, Instant at) {
        return new SignUp(
                id,
                clientId,
                emailAddress,
                byPhone ? emailAddressVerifiedAt : Optional.of(at),
                phoneNumber,
                byPhone ? Optional.of(at) : phoneNumberVerifiedAt,
                firstName,
                lastName,
                passwordHash,
                unsafeMetadata,
                locale,
                createdUserId,
                createdSessionId,
                ticketHash,
                abandonAt);
    }

    /** The attempt as it was before anything was proved. */
    SignUp asBegun() {
        return new SignUp(
                id,
                clientId,
                emailAddress,
                Optional.empty(),
                phoneNumber,
                Optional.empty(),
                firstName,
                lastName,
                passwordHash,
                unsafeMetadata,
                locale,
                Optional.empty(),
                Optional.empty(),
                ticketHash,
                abandonAt);
    }

    /** The attempt of somebody who was invited: the ticket proves the address that it went to. */
    SignUp invited(String address, String hash, Instant at) {
        return new SignUp(
                id,
                clientId,
                Optional.of(address),
                Optional.of(at),
                phoneNumber,
                phoneNumberVerifiedAt,
                firstName,
                lastName,
                passwordHash,
                unsafeMetadata,
                locale,
                createdUserId,
                createdSessionId,
                Optional.of(hash),
                abandonAt);
    }

    /** Never the password's hash. */
    @Override
    public String toString() {
        return "SignUp[" + id + "]";
    }
}
