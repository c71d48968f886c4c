package dev.usher.token;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Vault;
import dev.usher.http.Errors;
import dev.usher.http.Refusal;
import dev.usher.http.TemplateErrors;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Duplicates;
import dev.usher.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** Reads and changes the templates of an instance; those that the configuration declares are read only. */
public final class JwtTemplates {
    private static final String PREFIX = "jtmp";
    private static final String DECLARED_PREFIX = PREFIX + "_declared_";

    private static final String SESSION_TOKEN_ID = PREFIX + "_session_token";

    private final Store store;
    private final Instances instances;
    private final Vault vault;
    private final ReadyTemplates ready;
    private final Ids ids;
    private final Instant started;

    /**
     * @param started when the configuration was read: what is declared is as old as that
     */
    public JwtTemplates(Store store, Instances instances, Vault vault, ReadyTemplates ready, Ids ids, Instant started) {
        this.store = store;
        this.instances = instances;
        this.vault = vault;
        this.ready = ready;
        this.ids = ids;
        this.started = started;
    }

    /** All templates, the newest first; those of the configuration come after those of the database. */
    public List<JwtTemplate> all(Instance instance) {
        List<JwtTemplate> all = new ArrayList<>(store.read(tx -> JwtTemplateStore.all(tx, instance.id())));
        all.addAll(fixed(instance));
        return all;
    }

    /** Those that are in no table. */
    private List<JwtTemplate> fixed(Instance instance) {
        Settings.Tokens tokens = instance.settings().tokens();
        List<JwtTemplate> fixed =
                new ArrayList<>(tokens.templates().stream().map(this::template).toList());
        JwtTemplate sessionToken = sessionToken(instance);
        if (!sessionToken.claims().isEmpty()) fixed.add(sessionToken);
        return fixed;
    }

    private JwtTemplate sessionToken(Instance instance) {
        Settings.Tokens tokens = instance.settings().tokens();
        return new JwtTemplate(
                SESSION_TOKEN_ID,
                TemplateRules.SESSION_TOKEN,
                Json.parse(tokens.sessionClaims().orElse("{}")).asObject(),
                tokens.lifetime(),
                tokens.backdated(),
                Optional.empty(),
                JwtTemplate.Source.SESSION_TOKEN,
                started,
                started);
    }

    private JwtTemplate template(Settings.DeclaredTemplate declared) {
        return new JwtTemplate(
                DECLARED_PREFIX + declared.name(),
                declared.name(),
                Json.parse(declared.claims()).asObject(),
                declared.lifetime(),
                declared.allowedClockSkew(),
                declared.key().map(Settings.DeclaredKey::algorithm),
                JwtTemplate.Source.DECLARED,
                started,
                started);
    }

    public JwtTemplate get(Instance instance, String id) {
        if (id.equals(SESSION_TOKEN_ID)) return sessionToken(instance);
        return fixed(instance).stream()
                .filter(template -> template.id().equals(id))
                .findFirst()
                .or(() -> store.read(tx -> JwtTemplateStore.find(tx, instance.id(), id))
                        .map(JwtTemplateStore.Kept::template))
                .orElseThrow(() -> TemplateErrors.notFound(id));
    }

    /** Keeps a new template.
     *
     * @throws Refusal when a rule is broken or the name is taken
     */
    public JwtTemplate create(Instance instance, TemplateFields fields, Instant now) {
        JwtTemplate blank = blank(ids.next(PREFIX, now), now);
        TemplateDraft draft = checked(instance, blank, fields);
        JwtTemplate made = drawn(blank, draft, fields, now);
        Optional<String> key = sealed(made.id(), draft);
        writtenUnlessTaken(() -> store.write(tx -> JwtTemplateStore.insert(tx, instance.id(), made, key)));
        return made;
    }

    private static JwtTemplate blank(String id, Instant now) {
        return new JwtTemplate(
                id,
                "",
                Json.object(),
                TemplateDraft.USUAL_LIFETIME,
                TemplateDraft.USUAL_CLOCK_SKEW,
                Optional.empty(),
                JwtTemplate.Source.MADE,
                now,
                now);
    }

    /** Changes a template; a change that came between is not lost, this one is made over it. */
    public JwtTemplate update(Instance instance, String id, TemplateFields fields, Instant now) {
        JwtTemplate found = get(instance, id);
        return switch (found.source()) {
            case DECLARED -> throw TemplateErrors.declared(found.name());
            case SESSION_TOKEN -> updateSessionToken(instance, fields, now);
            case MADE -> updateMade(instance, id, fields, now);
        };
    }

    private JwtTemplate updateMade(Instance instance, String id, TemplateFields fields, Instant now) {
        while (true) {
            var kept = store.read(tx -> JwtTemplateStore.find(tx, instance.id(), id))
                    .orElseThrow(() -> TemplateErrors.notFound(id));
            TemplateDraft draft = checked(instance, kept.template(), fields);
            JwtTemplate changed = drawn(kept.template(), draft, fields, now);
            Optional<String> key = changed.signingAlgorithm().isEmpty()
                    ? Optional.empty()
                    : sealed(id, draft).or(kept::sealedKey);
            if (writtenUnlessTaken(
                    () -> store.write(tx -> JwtTemplateStore.update(tx, instance.id(), changed, key, kept.version()))))
                return changed;
        }
    }

    /** The claims alone can be changed; what else a session token is like, the instance's settings say. */
    private JwtTemplate updateSessionToken(Instance instance, TemplateFields fields, Instant now) {
        JwtTemplate present = sessionToken(instance);
        requireSame("name", fields.name(), present.name());
        requireSame("lifetime", fields.lifetime(), present.lifetime());
        requireSame("allowed_clock_skew", fields.allowedClockSkew(), present.allowedClockSkew());
        requireSame("custom_signing_key", fields.customKey(), false);
        ObjectNode claims = fields.claims().orElse(present.claims());
        TemplateRules.sessionClaimsFault(claims).ifPresent(fault -> {
            throw refusal(fault);
        });
        return sessionToken(
                instances.change(instance, changes -> changes.sessionClaims(Optional.of(Json.text(claims))), now));
    }

    private static <T> void requireSame(String field, Optional<T> given, T only) {
        if (given.filter(value -> !value.equals(only)).isPresent())
            throw Errors.invalidValue(field, field + " of the session token is a setting of the instance.");
    }

    /** Deletes a template.
     *
     * @throws Refusal when there is none, and for a declared one
     */
    public void delete(Instance instance, String id) {
        JwtTemplate found = get(instance, id);
        if (found.source() == JwtTemplate.Source.DECLARED) throw TemplateErrors.declared(found.name());
        if (found.source() == JwtTemplate.Source.SESSION_TOKEN) throw TemplateErrors.ofSessionToken();
        if (!store.write(tx -> JwtTemplateStore.delete(tx, instance.id(), id))) throw TemplateErrors.notFound(id);
        ready.forget(id);
    }

    private TemplateDraft checked(Instance instance, JwtTemplate present, TemplateFields fields) {
        TemplateDraft draft = fields.over(present);
        TemplateRules.fault(draft).ifPresent(fault -> {
            throw refusal(fault);
        });
        boolean isDeclared = instance.settings().tokens().templates().stream()
                .anyMatch(declared -> declared.name().equals(draft.name()));
        if (isDeclared) throw TemplateErrors.nameTaken();
        return draft;
    }

    static Refusal refusal(TemplateRules.Fault fault) {
        return switch (fault.kind()) {
            case INVALID -> Errors.invalidValue(fault.field(), fault.why());
            case RESERVED_CLAIM -> TemplateErrors.reservedClaim(fault.why());
            case TOO_LARGE -> TemplateErrors.tooLarge(fault.field(), fault.why());
        };
    }

    private static JwtTemplate drawn(JwtTemplate present, TemplateDraft draft, TemplateFields fields, Instant now) {
        Optional<String> algorithm = draft.key()
                .map(Settings.DeclaredKey::algorithm)
                .or(present::signingAlgorithm)
                .filter(name -> fields.hasCustomKey(present));
        return new JwtTemplate(
                present.id(),
                draft.name(),
                draft.claims(),
                draft.lifetime(),
                draft.allowedClockSkew(),
                algorithm,
                present.source(),
                present.createdAt(),
                now);
    }

    private Optional<String> sealed(String id, TemplateDraft draft) {
        return draft.key()
                .map(key -> vault.seal(key.key().reveal().getBytes(StandardCharsets.UTF_8), ReadyTemplates.label(id)));
    }

    private static boolean writtenUnlessTaken(BooleanSupplier write) {
        try {
            return write.getAsBoolean();
        } catch (RuntimeException e) {
            if (Duplicates.caused(e)) throw TemplateErrors.nameTaken();
            throw e;
        }
    }
}
