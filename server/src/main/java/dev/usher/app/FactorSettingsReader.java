package dev.usher.app;

import dev.usher.instance.FactorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads which factors people may have and what guards them. */
final class FactorSettingsReader {
    private static final int HIGHEST_CEILING = 100;
    private static final Set<String> METHODS = Set.of("code", "link");

    private final ConfigValues values;

    FactorSettingsReader(ConfigValues values) {
        this.values = values;
    }

    FactorSettings read(FactorSettings usual) {
        FactorSettings.PhoneNumbers phoneNumbers = phoneNumbers(usual.phoneNumbers());
        boolean authenticatorApp = values.flag("instance.factors.authenticator-app", usual.authenticatorApp());
        return new FactorSettings(
                emailAddresses(usual.emailAddresses()),
                phoneNumbers,
                authenticatorApp,
                values.flag("instance.factors.backup-codes", usual.backupCodes()),
                secondFactorRequired(usual.secondFactorRequired(), phoneNumbers.enabled() || authenticatorApp),
                new FactorSettings.Passkeys(
                        values.flag(
                                "instance.factors.passkeys", usual.passkeys().enabled()),
                        relyingParty()),
                values.flag("instance.reverification", usual.reverification()),
                values.flag("instance.strict-enumeration-protection", usual.strictEnumerationProtection()),
                lockout(usual.lockout()),
                rates(usual.rates()),
                breachedPasswords());
    }

    private FactorSettings.EmailAddresses emailAddresses(FactorSettings.EmailAddresses usual) {
        List<String> methods = values.list("instance.email-addresses.methods", List.of("code"));
        methods.stream()
                .filter(method -> !METHODS.contains(method))
                .forEach(wrong ->
                        values.fault("instance.email-addresses.methods: must be code, link or both, not " + wrong));
        return new FactorSettings.EmailAddresses(
                methods.contains("code"),
                methods.contains("link"),
                values.span(
                        "instance.email-links.validity",
                        usual.linkValidity(),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(60)),
                values.flag("instance.email-links.same-client", usual.sameClient()));
    }

    private boolean secondFactorRequired(boolean usual, boolean canBeAdded) {
        String key = "instance.factors.second-factor-required";
        boolean required = values.flag(key, usual);
        if (required && !canBeAdded)
            values.fault(key + ": needs instance.factors.authenticator-app or instance.phone-numbers.use");
        return required;
    }

    private FactorSettings.PhoneNumbers phoneNumbers(FactorSettings.PhoneNumbers usual) {
        String word = values.text("instance.phone-numbers.use", word(usual.use()));
        Optional<FactorSettings.PhoneUse> use = Stream.of(FactorSettings.PhoneUse.values())
                .filter(one -> word(one).equals(word))
                .findFirst();
        if (use.isEmpty()) values.fault("instance.phone-numbers.use: must be off, profile or sign-in, not " + word);
        List<String> given = values.list("instance.phone-numbers.countries", usual.countries());
        given.stream()
                .filter(country -> !country.matches("[A-Z]{2}|all"))
                .forEach(wrong -> values.fault(
                        "instance.phone-numbers.countries: " + wrong + " is no country of ISO 3166-1, such as US"));
        List<String> countries = given.contains("all") ? List.of() : given;
        return new FactorSettings.PhoneNumbers(use.orElse(usual.use()), countries);
    }

    private static String word(FactorSettings.PhoneUse use) {
        return use.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<String> relyingParty() {
        Optional<String> domain = values.text("instance.passkeys.relying-party");
        domain.filter(text -> !text.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*"))
                .ifPresent(wrong -> values.fault("instance.passkeys.relying-party: must be a domain, not " + wrong));
        return domain;
    }

    private FactorSettings.Lockout lockout(FactorSettings.Lockout usual) {
        return new FactorSettings.Lockout(
                values.flag("instance.lockout.enabled", usual.enabled()),
                values.number("instance.lockout.attempts", usual.attempts(), 5, HIGHEST_CEILING),
                values.spanOrOff(
                        "instance.lockout.duration", usual.duration(), Duration.ofMinutes(1), Duration.ofDays(365)));
    }

    private FactorSettings.Rates rates(FactorSettings.Rates usual) {
        return new FactorSettings.Rates(
                values.flag("instance.rate-limits.enabled", usual.enabled()),
                values.number("instance.rate-limits.creates", usual.creates(), 1, 10_000),
                values.number("instance.rate-limits.attempts", usual.attempts(), 1, 10_000));
    }

    private FactorSettings.BreachedPasswords breachedPasswords() {
        Optional<String> url = values.text("instance.passwords.breached-url");
        url.filter(text -> !text.matches("https?://[^\\s]+"))
                .ifPresent(wrong -> values.fault("instance.passwords.breached-url: must be an address of a range"
                        + " service, such as https://api.pwnedpasswords.com/range/, not " + wrong));
        return new FactorSettings.BreachedPasswords(url, values.text("instance.passwords.breached-path"));
    }
}
