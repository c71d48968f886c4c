package dev.usher.token;

import dev.usher.base.Secret;
import dev.usher.http.TemplateErrors;
import dev.usher.instance.Settings;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be changed of a template, or is known of a new one; what is empty stays as it is.
 *
 * @param customKey whether the template has a key of its own
 */
public record TemplateFields(
        Optional<String> name,
        Optional<ObjectNode> claims,
        Optional<Duration> lifetime,
        Optional<Duration> allowedClockSkew,
        Optional<Boolean> customKey,
        Optional<String> algorithm,
        Optional<Secret> key) {
    /** What SDKs show for a template that has no key of its own. */
    public static final String OWN_ALGORITHM = "RS256";

    /** The draft that these fields make of a template; it has a key only where a new one was given.
     *
     * @throws dev.usher.http.Refusal when the fields of the key do not fit together
     */
    TemplateDraft over(JwtTemplate present) {
        return new TemplateDraft(
                name.orElse(present.name()),
                claims.orElse(present.claims()),
                lifetime.orElse(present.lifetime()),
                allowedClockSkew.orElse(present.allowedClockSkew()),
                newKey(present.signingAlgorithm()));
    }

    /** Whether the template is to have a key of its own. */
    boolean hasCustomKey(JwtTemplate present) {
        return customKey.orElse(present.signingAlgorithm().isPresent());
    }

    private Optional<Settings.DeclaredKey> newKey(Optional<String> present) {
        if (!customKey.orElse(present.isPresent())) {
            if (key.isPresent()) throw TemplateErrors.onlyForCustomKey("signing_key");
            if (algorithm.filter(name -> !name.equals(OWN_ALGORITHM)).isPresent())
                throw TemplateErrors.onlyForCustomKey("signing_algorithm");
            return Optional.empty();
        }
        String wanted =
                algorithm.or(() -> present).orElseThrow(() -> TemplateErrors.missingForCustomKey("signing_algorithm"));
        boolean keepsKey = key.isEmpty() && present.filter(wanted::equals).isPresent();
        if (keepsKey) return Optional.empty();
        return Optional.of(new Settings.DeclaredKey(
                wanted, key.orElseThrow(() -> TemplateErrors.missingForCustomKey("signing_key"))));
    }
}
