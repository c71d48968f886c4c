package dev.usher.user;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import dev.usher.http.Errors;
import dev.usher.http.FactorErrors;
import dev.usher.instance.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user's phone number.
 *
 * @param phoneNumber in the form of E.164, such as {@code +12015550123}
 * @param reservedForSecondFactor whether it proves the second factor, and then never the first
 * @param defaultSecondFactor whether it is the second factor that is offered first
 */
public record PhoneNumber(
        String id,
        String phoneNumber,
        Optional<Instant> verifiedAt,
        Optional<String> verificationStrategy,
        boolean reservedForSecondFactor,
        boolean defaultSecondFactor,
        Instant createdAt,
        Instant updatedAt) {

    private static final int LONGEST = 40;
    private static final Pattern TEST = Pattern.compile("\\+1\\d{3}55501\\d{2}");

    /** Whether it may serve as a second factor. */
    public boolean isSecondFactor() {
        return reservedForSecondFactor && verifiedAt.isPresent();
    }

    /** Whether it may serve as a first factor. */
    public boolean isFirstFactor() {
        return !reservedForSecondFactor && verifiedAt.isPresent();
    }

    /**
     * The number in the form of E.164, or empty when the text is none.
     *
     * @param testMode whether the published test numbers exist, also with area codes that nobody has
     */
    public static Optional<String> normalized(String text, boolean testMode) {
        String compact = text.trim().replaceAll("[\\s().-]", "");
        if (compact.length() > LONGEST || !compact.startsWith("+")) return Optional.empty();
        if (testMode && isTest(compact)) return Optional.of(compact);
        return parsed(compact)
                .filter(PhoneNumberUtil.getInstance()::isValidNumber)
                .map(number -> PhoneNumberUtil.getInstance().format(number, PhoneNumberUtil.PhoneNumberFormat.E164));
    }

    private static Optional<Phonenumber.PhoneNumber> parsed(String text) {
        try {
            return Optional.of(PhoneNumberUtil.getInstance().parse(text, null));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** A form field's number in the form of E.164.
     *
     * @throws dev.usher.http.Refusal when it is none, or one of a country that messages do not go to
     */
    public static String required(String field, String text, Settings settings) {
        String number = normalized(text, settings.testMode())
                .orElseThrow(() -> Errors.invalidFormat(
                        field, field + " must be a phone number with its country code, such as +12015550123."));
        boolean isTest = settings.testMode() && isTest(number);
        if (!isTest) requireAllowed(number, settings.factors().phoneNumbers().countries());
        return number;
    }

    /** Whether it is one of the published test numbers, +1 (XXX) 555-0100 to 0199. */
    public static boolean isTest(String number) {
        return TEST.matcher(number).matches();
    }

    /** Refuses a number of a country that messages do not go to.
     *
     * @param number in the form of E.164
     * @param countries by their two letters (ISO 3166-1); empty for all of them
     * @throws dev.usher.http.Refusal for another country's number
     */
    public static void requireAllowed(String number, List<String> countries) {
        if (countries.isEmpty()) return;
        Optional<Phonenumber.PhoneNumber> parsed = parsed(number);
        String country = parsed.map(PhoneNumberUtil.getInstance()::getRegionCodeForNumber)
                .orElse("");
        if (!countries.contains(country))
            throw FactorErrors.countryNotSupported(
                    country, parsed.map(one -> "+" + one.getCountryCode()).orElse(""));
    }

    /** The number with everything hidden but its country's sign and the last two digits. */
    public static String masked(String number) {
        int shown = 2;
        if (number.length() <= shown + 1) return "*****";
        return "+" + "*".repeat(number.length() - shown - 1) + number.substring(number.length() - shown);
    }
}
