package dev.usher.app;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import dev.usher.instance.Settings;
import dev.usher.token.TemplateDraft;
import dev.usher.token.TemplateRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads what tokens say and how long they are valid, with the templates that the configuration declares. */
final class TokenSettingsReader {
    private static final String SESSION_TOKEN = "instance.session-token.";
    private static final String TEMPLATES = "instance.jwt-templates";
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final ConfigValues values;

    TokenSettingsReader(ConfigValues values) {
        this.values = values;
    }

    /** Reads the settings.
     *
     * @param keys what holds for signing keys, one of which a token must not outlive
     */
    Settings.Tokens read(Settings.Tokens usual, Settings.Keys keys) {
        var tokens = new Settings.Tokens(
                values.span(
                        SESSION_TOKEN + "lifetime",
                        usual.lifetime(),
                        Settings.Tokens.SHORTEST,
                        Settings.Tokens.LONGEST),
                values.span(
                        SESSION_TOKEN + "not-before-skew",
                        usual.backdated(),
                        Duration.ZERO,
                        Settings.Tokens.MOST_BACKDATED),
                claimsVersion(),
                entitlements(),
                sessionClaims(),
                templates());
        if (tokens.lifetime().compareTo(keys.keepAfter()) > 0)
            values.fault(SESSION_TOKEN + "lifetime: must not be longer than instance.keys.keep-after");
        return tokens;
    }

    private Optional<Integer> claimsVersion() {
        String key = SESSION_TOKEN + "claims-version";
        String text = values.text(key, "by-caller");
        if (text.equals("by-caller")) return Optional.empty();
        if (!text.equals("1") && !text.equals("2")) values.fault(key + ": must be 1, 2 or by-caller, not " + text);
        return Optional.of(text.equals("1") ? 1 : 2);
    }

    private Settings.Entitlements entitlements() {
        return new Settings.Entitlements(
                slugs("instance.features.user"),
                slugs("instance.features.organization"),
                slug("instance.plans.user"),
                slug("instance.plans.organization"));
    }

    private List<String> slugs(String key) {
        List<String> slugs = values.list(key);
        slugs.forEach(text -> requireSlug(key, text));
        return slugs.stream().distinct().toList();
    }

    private Optional<String> slug(String key) {
        Optional<String> slug = values.text(key);
        slug.ifPresent(text -> requireSlug(key, text));
        return slug;
    }

    private void requireSlug(String key, String text) {
        if (!SLUG.matcher(text).matches()) values.fault(key + ": must be letters, digits, - and _, not " + text);
    }

    private Optional<String> sessionClaims() {
        String key = SESSION_TOKEN + "claims";
        Optional<ObjectNode> claims = claims(key);
        claims.flatMap(TemplateRules::sessionClaimsFault).ifPresent(fault -> values.fault(key + ": " + fault.why()));
        return claims.map(Json::text);
    }

    private List<Settings.DeclaredTemplate> templates() {
        List<Settings.DeclaredTemplate> templates = new ArrayList<>();
        values.names(TEMPLATES).forEach(name -> templates.add(template(name)));
        return List.copyOf(templates);
    }

    private Settings.DeclaredTemplate template(String name) {
        String key = TEMPLATES + "." + name + ".";
        Optional<ObjectNode> claims = claims(key + "claims");
        if (claims.isEmpty()) values.fault(key + "claims: is required, a JSON object");
        var draft = new TemplateDraft(
                name,
                claims.orElseGet(Json::object),
                values.span(
                        key + "lifetime", TemplateDraft.USUAL_LIFETIME, TemplateDraft.SHORTEST, TemplateDraft.LONGEST),
                values.span(
                        key + "allowed-clock-skew",
                        TemplateDraft.USUAL_CLOCK_SKEW,
                        Duration.ZERO,
                        TemplateDraft.MOST_CLOCK_SKEW),
                signingKey(key));
        TemplateRules.fault(draft)
                .ifPresent(
                        fault -> values.fault(key + FIELDS.getOrDefault(fault.field(), "claims") + ": " + fault.why()));
        return new Settings.DeclaredTemplate(
                name, Json.text(draft.claims()), draft.lifetime(), draft.allowedClockSkew(), draft.key());
    }

    private static final Map<String, String> FIELDS =
            Map.of("name", "name", "signing_algorithm", "signing-algorithm", "signing_key", "signing-key");

    private Optional<Settings.DeclaredKey> signingKey(String key) {
        Optional<String> algorithm = values.text(key + "signing-algorithm");
        Optional<Secret> secret = values.secret(key + "signing-key");
        if (algorithm.isPresent() != secret.isPresent())
            values.fault(key + "signing-key: a key and its signing-algorithm belong together");
        return algorithm.flatMap(name -> secret.map(value -> new Settings.DeclaredKey(name, value)));
    }

    /** A JSON object, as text or in a file of its own: YAML's own maps would lose the types of what they hold. */
    private Optional<ObjectNode> claims(String key) {
        if (!values.names(key).isEmpty()) {
            values.fault(key + ": must be JSON text; write it as a block, which begins with |");
            return Optional.empty();
        }
        return values.document(key).flatMap(text -> object(key, text));
    }

    private Optional<ObjectNode> object(String key, String text) {
        try {
            if (Json.parse(text) instanceof ObjectNode object) return Optional.of(object);
        } catch (JacksonException e) {
            values.fault(key + ": is no JSON: "
                    + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
            return Optional.empty();
        }
        values.fault(key + ": must be a JSON object");
        return Optional.empty();
    }
}
