package dev.usher.factor;

import dev.usher.base.Json;
import dev.usher.http.Errors;
import dev.usher.instance.FactorSettings;
import dev.usher.user.EmailAddress;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way in which a user may prove a factor.
 *
 * @param identificationId the e-mail address or phone number that a code goes to
 * @param recipient that address or number itself
 * @param primary whether it is the user's primary one; for second factors whether it is the one offered first
 */
public record Offer(String strategy, Optional<String> identificationId, String recipient, boolean primary) {
    public static final String PASSWORD = "password";
    public static final String PASSKEY = "passkey";
    public static final String EMAIL_CODE = FactorSettings.EmailAddresses.CODE;
    public static final String EMAIL_LINK = FactorSettings.EmailAddresses.LINK;
    public static final String PHONE_CODE = "phone_code";
    public static final String TOTP = "totp";
    public static final String BACKUP_CODE = "backup_code";
    public static final String RESET_BY_EMAIL = "reset_password_email_code";
    public static final String RESET_BY_PHONE = "reset_password_phone_code";

    /** An offer that needs no identifier. */
    public static Offer plain(String strategy) {
        return new Offer(strategy, Optional.empty(), "", false);
    }

    /** An offer of a code for the identifier itself, whoever has it. */
    public static Offer code(String strategy, String identificationId, String identifier) {
        return new Offer(strategy, Optional.of(identificationId), identifier, true);
    }

    /**
     * How this user may prove the first factor. A number that proves the second one never proves the first.
     *
     * @param byEmail the strategies that go for e-mail addresses
     */
    public static List<Offer> first(User user, FactorSettings settings, List<String> byEmail) {
        List<Offer> offers = new ArrayList<>();
        if (user.passwordHash().isPresent()) offers.add(plain(PASSWORD));
        if (!user.passkeys().isEmpty()) offers.add(plain(PASSKEY));
        byEmail.forEach(strategy -> emails(user).forEach(one -> offers.add(email(strategy, user, one))));
        if (settings.phoneNumbers().forSignIn()) phones(user).forEach(one -> offers.add(phone(PHONE_CODE, user, one)));
        return offers;
    }

    /** How this user may get a new password when the present one is forgotten. */
    public static List<Offer> resets(User user, FactorSettings settings) {
        List<Offer> offers = new ArrayList<>();
        if (user.passwordHash().isEmpty()) return offers;
        emails(user).forEach(one -> offers.add(email(RESET_BY_EMAIL, user, one)));
        if (settings.phoneNumbers().forSignIn())
            phones(user).forEach(one -> offers.add(phone(RESET_BY_PHONE, user, one)));
        return offers;
    }

    /**
     * How this user may prove the second factor.
     *
     * @param usedAlready the identifier that proved the first one and does not count twice
     */
    public static List<Offer> second(User user, Optional<String> usedAlready) {
        List<Offer> offers = new ArrayList<>();
        if (user.secondFactors().totp()) offers.add(plain(TOTP));
        user.phoneNumbers().stream()
                .filter(PhoneNumber::isSecondFactor)
                .filter(one -> usedAlready.filter(one.id()::equals).isEmpty())
                .forEach(one -> offers.add(
                        new Offer(PHONE_CODE, Optional.of(one.id()), one.phoneNumber(), one.defaultSecondFactor())));
        if (user.secondFactors().backupCodes() && user.hasSecondFactor()) offers.add(plain(BACKUP_CODE));
        return offers;
    }

    private static List<EmailAddress> emails(User user) {
        return user.emailAddresses().stream().filter(EmailAddress::canSignIn).toList();
    }

    private static List<PhoneNumber> phones(User user) {
        return user.phoneNumbers().stream().filter(PhoneNumber::isFirstFactor).toList();
    }

    private static Offer email(String strategy, User user, EmailAddress address) {
        boolean primary =
                user.primaryEmailAddressId().filter(address.id()::equals).isPresent();
        return new Offer(strategy, Optional.of(address.id()), address.emailAddress(), primary);
    }

    private static Offer phone(String strategy, User user, PhoneNumber number) {
        boolean primary =
                user.primaryPhoneNumberId().filter(number.id()::equals).isPresent();
        return new Offer(strategy, Optional.of(number.id()), number.phoneNumber(), primary);
    }

    /** Whether a strategy is proved by a code that the person has without one being sent. */
    static boolean isOwnCode(String strategy) {
        return strategy.equals(TOTP) || strategy.equals(BACKUP_CODE);
    }

    /** Whether a code is sent for it. */
    public static boolean isCode(String strategy) {
        return strategy.endsWith("_code") && !strategy.equals(BACKUP_CODE);
    }

    /** Whether something is sent for it, a code or a link. */
    public static boolean isSent(String strategy) {
        return isCode(strategy) || strategy.equals(EMAIL_LINK);
    }

    /** Whether it leads to a new password. */
    public static boolean isReset(String strategy) {
        return strategy.startsWith("reset_password");
    }

    /** The offer that a request means.
     *
     * @param field the form field in which an identification was named
     * @param preferred the one to take among several when none is named
     * @throws dev.usher.http.Refusal when there is no such offer
     */
    public static Offer chosen(
            List<Offer> offers,
            String strategy,
            String field,
            Optional<String> identificationId,
            Predicate<Offer> preferred) {
        List<Offer> fitting =
                offers.stream().filter(one -> one.strategy().equals(strategy)).toList();
        if (fitting.isEmpty()) throw Errors.strategyNotForUser();
        if (identificationId.isPresent())
            return fitting.stream()
                    .filter(one -> one.identificationId().equals(identificationId))
                    .findFirst()
                    .orElseThrow(() -> Errors.resourceOfFormNotFound(field));
        return fitting.stream().filter(preferred).findFirst().orElseGet(fitting::getFirst);
    }

    /** Offers on the wire. */
    public static ArrayNode json(List<Offer> offers, boolean asSecond) {
        ArrayNode array = Json.array();
        offers.forEach(one -> array.add(one.json(asSecond)));
        return array;
    }

    private ObjectNode json(boolean asSecond) {
        ObjectNode json = Json.object().put("strategy", strategy);
        if (identificationId.isEmpty()) return json;
        boolean byPhone = strategy.endsWith("phone_code");
        json.put("safe_identifier", byPhone ? PhoneNumber.masked(recipient) : EmailAddress.masked(recipient));
        json.put(byPhone ? "phone_number_id" : "email_address_id", identificationId.get());
        return json.put(asSecond ? "default" : "primary", primary);
    }
}
