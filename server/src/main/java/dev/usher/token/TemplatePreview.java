package dev.usher.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganization;
import dev.usher.session.Session;
import dev.usher.store.Store;
import dev.usher.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a token would be, without minting one. */
public final class TemplatePreview {
    /** What every caller of the newest API gets. */
    private static final int CLAIMS_VERSION = 2;

    private final Store store;
    private final FactReader facts;
    private final ReadyTemplates templates;
    private final KeyRing keys;
    private final Ids ids;

    public TemplatePreview(Store store, Users users, ReadyTemplates templates, KeyRing keys, Ids ids) {
        this.store = store;
        this.facts = new FactReader(store, users);
        this.templates = templates;
        this.keys = keys;
        this.ids = ids;
    }

    /** Whom the token would be for, in a session that only exists here. */
    public record Sample(Instance instance, Session session, Optional<ActiveOrganization> organization) {
        Subject subject() {
            return new Subject(instance, session, organization, instance.publicUrl(), "web");
        }
    }

    /**
     * A token that was not minted.
     *
     * @param size in characters
     * @param leftAlone double braces that are no shortcode and stay
     * @param unknown shortcodes that do not exist and become null
     * @param empty shortcodes that have no value here and become null
     */
    public record Shown(
            JsonNode header,
            ObjectNode claims,
            int size,
            List<String> leftAlone,
            List<String> unknown,
            List<String> empty) {

        /** The longest token that a browser keeps as a cookie. */
        public static int most() {
            return TokenSize.MOST;
        }
    }

    /** The token of a template that is kept or declared; empty when there is none of that name. */
    public Optional<Shown> ofTemplate(String name, Sample sample, Instant now) {
        return templates
                .declared(sample.instance(), name)
                .or(() -> store.read(tx -> templates.made(tx, sample.instance(), name)))
                .map(template -> shown(template, sample, now));
    }

    /** The token of a template with these claims and the usual settings. */
    public Shown ofClaims(ObjectNode claims, Sample sample, Instant now) {
        var template = new ReadyTemplate(
                ClaimTemplate.parse(claims),
                TemplateDraft.USUAL_LIFETIME,
                TemplateDraft.USUAL_CLOCK_SKEW,
                Optional.empty());
        return shown(template, sample, now);
    }

    private Shown shown(ReadyTemplate template, Sample sample, Instant now) {
        JWSHeader header = template.signer()
                .map(own -> TokenHeader.template(own.algorithm(), Optional.empty()))
                .orElseGet(() -> TokenHeader.template(JWSAlgorithm.RS256, Optional.of(keys.kid(now))));
        int signature = template.signer().map(TemplateSigner::signatureBytes).orElse(TokenSize.OWN_SIGNATURE_BYTES);
        Duration lifetime = template.lifetime();
        ObjectNode defaults =
                Claims.defaults(sample.session().userId(), context(sample, now), lifetime, template.allowedClockSkew());
        return shown(header, template.claims(), defaults, signature, sample);
    }

    /** The session token; with the instance's custom claims, or with these. */
    public Shown ofSessionToken(Optional<ObjectNode> claims, Sample sample, Instant now) {
        ClaimTemplate custom =
                claims.map(ClaimTemplate::parse).orElseGet(() -> new SessionClaims().of(sample.instance()));
        var settings = sample.instance().settings().tokens();
        int version = settings.claimsVersion().orElse(CLAIMS_VERSION);
        ObjectNode defaults =
                Claims.ofSession(sample.session(), sample.organization(), settings, version, context(sample, now));
        JWSHeader header = TokenHeader.session(keys.kid(now), now);
        return shown(header, custom, defaults, TokenSize.OWN_SIGNATURE_BYTES, sample);
    }

    private Claims.Context context(Sample sample, Instant now) {
        Instance instance = sample.instance();
        return new Claims.Context(instance.issuer(), Optional.of(instance.publicUrl()), ids.jti(), now);
    }

    private Shown shown(
            JWSHeader header, ClaimTemplate template, ObjectNode defaults, int signatureBytes, Sample sample) {
        Facts found = facts.read(template, sample.subject());
        ObjectNode claims = Claims.merged(template.render(found), defaults);
        List<Operand.Path> paths =
                template.shortcodes().flatMap(Shortcode::paths).distinct().toList();
        return new Shown(
                Json.parse(header.toString()),
                claims,
                TokenSize.of(header, claims, signatureBytes),
                template.leftAlone().distinct().toList(),
                texts(paths, path -> !found.knows(path.root(), path.fields())),
                texts(
                        paths,
                        path -> found.knows(path.root(), path.fields())
                                && found.at(path.root(), path.fields()).isNull()));
    }

    private static List<String> texts(List<Operand.Path> paths, Predicate<Operand.Path> which) {
        return paths.stream().filter(which).map(Operand.Path::text).toList();
    }
}
