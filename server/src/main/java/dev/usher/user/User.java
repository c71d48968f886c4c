package dev.usher.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A person with an account. */
public record User(
        String id,
        Optional<String> username,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> passwordHash,
        Optional<Instant> passwordUpdatedAt,
        Optional<String> primaryEmailAddressId,
        Optional<String> externalId,
        JsonNode publicMetadata,
        JsonNode unsafeMetadata,
        boolean banned,
        Optional<Instant> lastSignInAt,
        Optional<Instant> lastActiveAt,
        Instant createdAt,
        Instant updatedAt,
        List<EmailAddress> emailAddresses,
        Optional<String> primaryPhoneNumberId,
        List<PhoneNumber> phoneNumbers,
        List<Passkey> passkeys,
        SecondFactors secondFactors,
        Lock lock) {

    /** The primary e-mail address. */
    public Optional<EmailAddress> primaryEmailAddress() {
        return emailAddresses.stream()
                .filter(address ->
                        primaryEmailAddressId.filter(address.id()::equals).isPresent())
                .findFirst();
    }

    /** The primary phone number. */
    public Optional<PhoneNumber> primaryPhoneNumber() {
        return phoneNumbers.stream()
                .filter(number ->
                        primaryPhoneNumberId.filter(number.id()::equals).isPresent())
                .findFirst();
    }

    /** Whether a sign-in needs a second factor. */
    public boolean hasSecondFactor() {
        return secondFactors.totp() || phoneNumbers.stream().anyMatch(PhoneNumber::isSecondFactor);
    }

    /** What names the user to other people: the primary e-mail address, else the username, else the phone number. */
    public String identifier() {
        return primaryEmailAddress()
                .map(EmailAddress::emailAddress)
                .or(() -> username)
                .or(() -> primaryPhoneNumber().map(PhoneNumber::phoneNumber))
                .orElse("");
    }

    /** Never the password hash: a user may end up in a log line. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
