package dev.usher.signin;

import dev.usher.factor.Offer;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Form;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import dev.usher.user.EmailAddress;
import dev.usher.user.PhoneNumber;
import dev.usher.user.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a sign-in offers, and what a request asks of it. */
final class SignInFactors {
    private static final Set<String> FIRST =
            Set.of(Offer.PASSWORD, Offer.PASSKEY, Offer.PHONE_CODE, Offer.RESET_BY_EMAIL, Offer.RESET_BY_PHONE);
    static final Set<String> SECOND = Set.of(Offer.PHONE_CODE, Offer.TOTP, Offer.BACKUP_CODE);

    private SignInFactors() {}

    static boolean isStrict(Exchange exchange) {
        return settings(exchange).strictEnumerationProtection();
    }

    private static FactorSettings settings(Exchange exchange) {
        return Instance.of(exchange).settings().factors();
    }

    /** The strategies of first factors that this instance knows. */
    static Set<String> first(Exchange exchange) {
        Set<String> known = new HashSet<>(FIRST);
        known.addAll(settings(exchange).emailAddresses().strategies());
        return known;
    }

    /** Those of them that are tried with something that the person types: a link is opened instead. */
    static Set<String> attempted(Exchange exchange) {
        Set<String> known = first(exchange);
        known.remove(Offer.EMAIL_LINK);
        return known;
    }

    /** A strategy of the request that this step knows.
     *
     * @throws dev.usher.http.Refusal for any other
     */
    static String known(String strategy, Set<String> known) {
        if (!known.contains(strategy)) throw Errors.invalidStrategy(SignIn.printable(strategy));
        return strategy;
    }

    /** The identifier in the form in which it is kept. */
    static String normalized(Exchange exchange, String text) {
        if (!settings(exchange).phoneNumbers().forSignIn())
            return EmailAddress.normalized(text)
                    .orElseThrow(() -> Errors.invalidFormat("identifier", "The identifier must be an e-mail address."));
        boolean testMode = Instance.of(exchange).settings().testMode();
        return EmailAddress.normalized(text)
                .or(() -> PhoneNumber.normalized(text, testMode))
                .orElseThrow(() -> Errors.invalidFormat(
                        "identifier",
                        "The identifier must be an e-mail address or a phone number with its country code."));
    }

    /** What proves the first factor of the user. */
    static List<Offer> first(Exchange exchange, User user) {
        FactorSettings settings = settings(exchange);
        return Stream.concat(
                        Offer.first(user, settings, settings.emailAddresses().strategies()).stream(),
                        Offer.resets(user, settings).stream())
                .toList();
    }

    /** What is shown where nobody must notice whether there is an account: what any account with the identifier has. */
    static List<Offer> alike(Exchange exchange, SignIn signIn) {
        List<Offer> offers = new ArrayList<>();
        signIn.identifier().ifPresent(identifier -> {
            boolean byPhone = !identifier.contains("@");
            offers.add(Offer.plain(Offer.PASSWORD));
            List<String> sent = byPhone
                    ? List.of(Offer.PHONE_CODE)
                    : settings(exchange).emailAddresses().strategies();
            sent.forEach(strategy -> offers.add(alike(signIn, strategy, identifier)));
            offers.add(alike(signIn, byPhone ? Offer.RESET_BY_PHONE : Offer.RESET_BY_EMAIL, identifier));
        });
        return offers;
    }

    /** The identifier's real id would tell; this one is of the attempt. */
    private static Offer alike(SignIn signIn, String strategy, String identifier) {
        return Offer.code(strategy, signIn.id().replaceFirst("^[a-z]+_", "idn_"), identifier);
    }

    /** The form field that names what a code goes to. */
    static String field(String strategy) {
        return strategy.endsWith("phone_code") ? "phone_number_id" : "email_address_id";
    }

    /** The offer that a request means. */
    static Offer chosen(List<Offer> offers, SignIn signIn, String strategy, Form form) {
        String field = field(strategy);
        Optional<String> named = form.text(field);
        return Offer.chosen(
                offers,
                strategy,
                field,
                named,
                one -> signIn.identifier().filter(one.recipient()::equals).isPresent());
    }
}
