package dev.usher.token;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Watch;
import dev.usher.http.Exchange;
import dev.usher.http.TemplateErrors;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.organization.ActiveOrganization;
import dev.usher.session.PageTokens;
import dev.usher.session.Session;
import dev.usher.session.Sessions;
import dev.usher.store.Store;
import dev.usher.user.Users;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Mints session tokens and tokens from templates, for sessions whose caller has been checked. */
public final class Minter implements PageTokens {
    private final KeyRings keys;
    private final Store store;
    private final FactReader facts;
    private final SessionClaims sessionClaims = new SessionClaims();
    private final ReadyTemplates templates;
    private final LargeTokens largeTokens;
    private final Ids ids;
    private final Watch watch;

    public Minter(
            KeyRings keys,
            Store store,
            Users users,
            ReadyTemplates templates,
            LargeTokens largeTokens,
            Ids ids,
            Watch watch) {
        this.watch = watch;
        this.keys = keys;
        this.store = store;
        this.facts = new FactReader(store, users);
        this.templates = templates;
        this.largeTokens = largeTokens;
        this.ids = ids;
    }

    @Override
    public String mint(Exchange exchange, Session session, Optional<ActiveOrganization> organization) {
        return mint(exchange, session, organization, Optional.empty());
    }

    /** A session token with a lifetime of its own, where one is given. */
    String mint(
            Exchange exchange,
            Session session,
            Optional<ActiveOrganization> organization,
            Optional<Duration> lifetime) {
        Instance instance = Instance.of(exchange);
        Settings.Tokens settings = instance.settings().tokens();
        int version = Claims.version(settings, exchange.apiVersion());
        ObjectNode defaults = Claims.ofSession(session, organization, settings, version, context(exchange));
        lifetime.ifPresent(given -> Claims.live(defaults, given, exchange.now()));
        ClaimTemplate custom = sessionClaims.of(instance);
        ObjectNode claims = Claims.merged(custom(custom, subject(exchange, session, organization)), defaults);
        String token = sign(exchange, claims);
        largeTokens.minted(instance, session.id(), token.length(), exchange.now());
        return token;
    }

    private ObjectNode custom(ClaimTemplate template, Subject subject) {
        return template.isEmpty() ? Json.object() : template.render(facts.read(template, subject));
    }

    /** A token with the claims of a template, which SDKs do not take for a session token.
     *
     * @throws dev.usher.http.Refusal when the instance has no template of that name
     */
    String mint(Exchange exchange, Sessions.Mintable mintable, String templateName) {
        return mint(exchange, mintable, templateName, Optional.empty());
    }

    /** Like the other one, with a lifetime of its own, where one is given. */
    String mint(Exchange exchange, Sessions.Mintable mintable, String templateName, Optional<Duration> lifetime) {
        Drawn drawn = drawn(subject(exchange, mintable.session(), mintable.organization()), templateName);
        ReadyTemplate template = drawn.template();
        ObjectNode defaults = Claims.defaults(
                mintable.session().userId(),
                context(exchange),
                lifetime.orElse(template.lifetime()),
                template.allowedClockSkew());
        ObjectNode claims = Claims.merged(template.claims().render(drawn.facts()), defaults);
        try (var signing = watch.begin(Watch.Part.SIGNATURE)) {
            return template.signer()
                    .map(own ->
                            Jws.signed(TokenHeader.template(own.algorithm(), Optional.empty()), claims, own.signer()))
                    .orElseGet(() -> keys.of(exchange).signTemplate(claims, exchange.now()));
        }
    }

    /** A template and what its shortcodes stand for. */
    private record Drawn(ReadyTemplate template, Facts facts) {}

    private Drawn drawn(Subject subject, String name) {
        Optional<ReadyTemplate> declared = templates.declared(subject.instance(), name);
        if (declared.isPresent())
            return new Drawn(declared.get(), facts.read(declared.get().claims(), subject));
        return store.read(tx -> {
            ReadyTemplate made =
                    templates.made(tx, subject.instance(), name).orElseThrow(() -> TemplateErrors.noneNamed(name));
            return new Drawn(made, facts.read(tx, made.claims(), subject));
        });
    }

    private static Subject subject(Exchange exchange, Session session, Optional<ActiveOrganization> organization) {
        return new Subject(
                Instance.of(exchange),
                session,
                organization,
                Instance.origin(exchange),
                exchange.isNative() ? "native" : "web");
    }

    private Claims.Context context(Exchange exchange) {
        return new Claims.Context(
                Instance.of(exchange).issuer(), exchange.authorizedParty(), ids.jti(), exchange.now());
    }

    @Override
    public String sign(Exchange exchange, ObjectNode claims) {
        try (var signing = watch.begin(Watch.Part.SIGNATURE)) {
            return keys.of(exchange).signSession(claims, exchange.now());
        }
    }

    @Override
    public Optional<JsonNode> read(Exchange exchange, String token) {
        return TokenReader.read(
                token,
                keys.of(exchange).jwks(exchange.now()),
                Instance.of(exchange).issuer());
    }
}
