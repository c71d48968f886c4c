package dev.usher.user;

import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A person with an account.
 *
 * @param pictureId names the picture; another picture has another id
 */
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
        Lock lock,
        AccountTerms terms,
        Optional<String> pictureId) {

    /** The primary e-mail address. */
    public Optional<EmailAddress> primaryEmailAddress() {
        return emailAddresses.stream()
                .filter(address ->
                        primaryEmailAddressId.filter(address.id()::equals).isPresent())
                .findFirst();
    }

    /** First and last name, as far as they are known. */
    public Optional<String> fullName() {
        String name = Stream.of(firstName, lastName).flatMap(Optional::stream).collect(Collectors.joining(" "));
        return Optional.of(name).filter(text -> !text.isEmpty());
    }

    /** The user's identifiers of a kind, the oldest first. */
    List<Identifier> identifiers(Identifier.Kind kind) {
        return switch (kind) {
            case EMAIL_ADDRESS -> emailAddresses.stream().map(Identifier::of).toList();
            case PHONE_NUMBER -> phoneNumbers.stream().map(Identifier::of).toList();
        };
    }

    Optional<Identifier> identifier(Identifier.Kind kind, String id) {
        return identifiers(kind).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The id of the primary identifier of a kind. */
    Optional<String> primary(Identifier.Kind kind) {
        return kind == Identifier.Kind.EMAIL_ADDRESS ? primaryEmailAddressId : primaryPhoneNumberId;
    }

    /** Whether the user can sign in with something else than the identifier of that id. */
    boolean hasIdentifierBesides(String id) {
        return username.isPresent()
                || Stream.of(Identifier.Kind.values())
                        .flatMap(kind -> identifiers(kind).stream())
                        .anyMatch(one -> one.canSignIn() && !one.id().equals(id));
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

    /** Whether the person may delete the account. */
    public boolean mayDeleteSelf(Settings settings) {
        return terms.deleteSelf().orElse(settings.deleteSelf());
    }

    /** Whether the person may make organizations by themself. */
    public boolean mayCreateOrganizations(Settings settings) {
        var organizations = settings.organizations();
        return organizations.enabled() && terms.createOrganization().orElse(organizations.memberCreates());
    }

    /** How many organizations the user may make, 0 for any number. */
    public int mostOrganizations(Settings settings) {
        return terms.createOrganizationsLimit().orElse(settings.organizations().mostPerUser());
    }

    /** Never the password hash: a user may end up in a log line. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
