package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.http.Refusal;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

@ParameterizedClass
@EnumSource(TestStore.class)
class JwtTemplatesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Store store;
    private final Randomness randomness = new Randomness();
    private final Ids ids = new Ids(randomness);
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final Instances instances =
            Instances.open(store, declared("default", settings()), vault, ids, randomness, NOW);
    private final Instance instance = instances.instance();
    private final ReadyTemplates ready = new ReadyTemplates(vault);
    private final JwtTemplates templates = new JwtTemplates(store, instances, vault, ready, ids, NOW);

    JwtTemplatesTest(TestStore kind) {
        store = kind.open();
        super();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Settings settings() {
        Settings usual = Settings.defaults(true);
        Settings.Tokens tokens = usual.tokens();
        return usual.with(new Settings.Tokens(
                tokens.lifetime(),
                tokens.backdated(),
                Optional.empty(),
                tokens.entitlements(),
                Optional.empty(),
                List.of(new Settings.DeclaredTemplate(
                        "fixed",
                        "{\"aud\":\"declared\"}",
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(7),
                        Optional.of(new Settings.DeclaredKey("HS256", Secret.of(SECRET)))))));
    }

    private static Instances.Declared declared(String name, Settings settings) {
        return new Instances.Declared(name, true, Optional.empty(), "http://localhost", Optional.empty(), settings);
    }

    private static TemplateFields fields(String name, String aud) {
        return fields(name, aud, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static TemplateFields fields(
            String name, String aud, Optional<Boolean> custom, Optional<String> algorithm, Optional<String> key) {
        return new TemplateFields(
                Optional.of(name),
                Optional.of(aud(aud)),
                Optional.empty(),
                Optional.empty(),
                custom,
                algorithm,
                key.map(Secret::of));
    }

    private static ObjectNode aud(String aud) {
        return Json.object().put("aud", aud);
    }

    private static TemplateFields keyed(String name, String key) {
        return fields(name, "x", Optional.of(true), Optional.of("HS256"), Optional.of(key));
    }

    private static void refuses(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.status()).isEqualTo(status);
        });
    }

    private Optional<ReadyTemplate> minted(String name) {
        return store.read(tx -> ready.made(tx, instance, name));
    }

    @Test
    void aNewTemplateHasThePublishedDefaults() {
        JwtTemplate made = templates.create(instance, fields("a", "x"), NOW);
        assertThat(made.id()).startsWith("jtmp_");
        assertThat(made.lifetime()).hasSeconds(60);
        assertThat(made.allowedClockSkew()).hasSeconds(5);
        assertThat(made.signingAlgorithm()).isEmpty();
        assertThat(templates.get(instance, made.id())).isEqualTo(made);
    }

    @Test
    void aNameIsGivenOnce() {
        templates.create(instance, fields("a", "x"), NOW);
        String other = templates.create(instance, fields("b", "x"), NOW).id();
        refuses(() -> templates.create(instance, fields("a", "y"), NOW), 422, "form_identifier_exists");
        refuses(() -> templates.update(instance, other, fields("a", "y"), NOW), 422, "form_identifier_exists");
        refuses(() -> templates.create(instance, fields("fixed", "y"), NOW), 422, "form_identifier_exists");
    }

    @Test
    void aChangeHoldsAtTheNextMint() {
        String id = templates.create(instance, fields("a", "x"), NOW).id();
        assertThat(minted("a").orElseThrow().claims().render(Facts.NONE)).isEqualTo(aud("x"));
        JwtTemplate changed = templates.update(instance, id, fields("b", "y"), NOW);
        assertThat(minted("a")).isEmpty();
        assertThat(minted("b").orElseThrow().claims().render(Facts.NONE)).isEqualTo(aud("y"));
        assertThat(changed.createdAt()).isEqualTo(NOW);
        templates.delete(instance, id);
        assertThat(minted("b")).isEmpty();
    }

    @Test
    void aTemplateIsParsedOnceForEachVersion() {
        templates.create(instance, fields("a", "x"), NOW);
        assertThat(minted("a").orElseThrow()).isSameAs(minted("a").orElseThrow());
    }

    @Test
    void whatIsNotGivenStays() {
        JwtTemplate made = templates.create(instance, keyed("a", SECRET), NOW);
        var nothing = new TemplateFields(
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(90)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        JwtTemplate changed = templates.update(instance, made.id(), nothing, LATER);
        assertThat(changed.name()).isEqualTo("a");
        assertThat(changed.claims()).isEqualTo(aud("x"));
        assertThat(changed.lifetime()).hasSeconds(90);
        assertThat(changed.signingAlgorithm()).contains("HS256");
        assertThat(changed.updatedAt()).isEqualTo(LATER);
        assertThat(minted("a").orElseThrow().signer()).isPresent();
    }

    @Test
    void aKeyIsSealedAndBoundToItsTemplate() {
        String first = templates.create(instance, keyed("a", SECRET), NOW).id();
        String second = templates.create(instance, keyed("b", SECRET), NOW).id();
        String sealed = sealedKey(first);
        assertThat(sealed).doesNotContain(SECRET);
        assertThat(vault.open(sealed, "jwt template " + first)).asString().isEqualTo(SECRET);
        store.change(tx -> tx.update("update jwt_template set sealed_signing_key = :key, version = 9 where id = :id")
                .bind("key", sealed)
                .bind("id", second)
                .execute());
        assertThatThrownBy(() -> minted("b")).isInstanceOf(Vault.WrongKey.class);
    }

    private String sealedKey(String id) {
        return store.read(tx -> tx.query("select sealed_signing_key from jwt_template where id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
    }

    @Test
    void aKeyCanBeTakenAwayAgain() {
        String id = templates.create(instance, keyed("a", SECRET), NOW).id();
        TemplateFields without = fields("a", "x", Optional.of(false), Optional.empty(), Optional.empty());
        assertThat(templates.update(instance, id, without, NOW).signingAlgorithm())
                .isEmpty();
        assertThat(sealedKey(id)).isNull();
        assertThat(minted("a").orElseThrow().signer()).isEmpty();
    }

    @Test
    void theFieldsOfAKeyBelongTogether() {
        Optional<Boolean> yes = Optional.of(true);
        Optional<String> none = Optional.empty();
        Optional<String> hs256 = Optional.of("HS256");
        Optional<String> key = Optional.of(SECRET);
        refuses(
                () -> templates.create(instance, fields("a", "x", yes, none, key), NOW),
                422,
                "form_conditional_param_missing");
        refuses(
                () -> templates.create(instance, fields("a", "x", yes, hs256, none), NOW),
                422,
                "form_conditional_param_missing");
        refuses(
                () -> templates.create(instance, fields("a", "x", Optional.empty(), none, key), NOW),
                422,
                "form_conditional_param_disallowed");
        refuses(
                () -> templates.create(instance, fields("a", "x", Optional.of(false), hs256, none), NOW),
                422,
                "form_conditional_param_disallowed");
        String id =
                templates.create(instance, keyed("a", SECRET.repeat(2)), NOW).id();
        refuses(
                () -> templates.update(instance, id, fields("a", "x", yes, Optional.of("HS512"), none), NOW),
                422,
                "form_conditional_param_missing");
    }

    @Test
    void rulesAreAnsweredByTheirCodes() {
        var reserved = new TemplateFields(
                Optional.of("a"),
                Optional.of(Json.object().put("sub", "x")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        refuses(() -> templates.create(instance, reserved, NOW), 400, "jwt_template_reserved_claim");
        refuses(
                () -> templates.create(instance, fields("a", "x".repeat(4000)), NOW),
                422,
                "form_param_value_too_large");
        refuses(() -> templates.create(instance, fields("a b", "x"), NOW), 422, "form_param_value_invalid");
        refuses(() -> templates.create(instance, keyed("a", "short"), NOW), 422, "form_param_value_invalid");
        refuses(() -> templates.get(instance, "jtmp_none"), 404, "resource_not_found");
        refuses(() -> templates.update(instance, "jtmp_none", fields("a", "x"), NOW), 404, "resource_not_found");
        refuses(() -> templates.delete(instance, "jtmp_none"), 404, "resource_not_found");
    }

    @Test
    void aDeclaredTemplateIsReadOnly() {
        JwtTemplate fixed = templates.all(instance).getLast();
        assertThat(fixed.name()).isEqualTo("fixed");
        assertThat(fixed.signingAlgorithm()).contains("HS256");
        assertThat(templates.get(instance, fixed.id())).isEqualTo(fixed);
        refuses(() -> templates.update(instance, fixed.id(), fields("fixed", "y"), NOW), 403, "resource_forbidden");
        refuses(() -> templates.delete(instance, fixed.id()), 403, "resource_forbidden");
        assertThat(ready.declared(instance, "fixed").orElseThrow().signer()).isPresent();
    }

    @Test
    void theSessionTokensClaimsAreATemplateThatCannotBeDeleted() {
        String id = "jtmp_session_token";
        assertThat(templates.all(instance)).noneMatch(template -> template.id().equals(id));
        assertThat(templates.get(instance, id).claims()).isEmpty();
        JwtTemplate changed = templates.update(instance, id, fields("session_token", "api"), NOW);
        assertThat(changed.claims()).isEqualTo(aud("api"));
        assertThat(instances.instance().settings().tokens().sessionClaims()).contains("{\"aud\":\"api\"}");
        assertThat(templates.all(instances.instance()).getLast()).isEqualTo(changed);
        refuses(() -> templates.delete(instance, id), 403, "session_token_jwt_template");
        refuses(() -> templates.create(instance, fields("session_token", "x"), NOW), 422, "form_param_value_invalid");
        refuses(() -> templates.update(instance, id, fields("other", "x"), NOW), 422, "form_param_value_invalid");
        var forged = new TemplateFields(
                Optional.empty(),
                Optional.of(Json.object().put("sid", "x")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        refuses(() -> templates.update(instance, id, forged, NOW), 400, "jwt_template_reserved_claim");
    }

    @Test
    void anotherInstancesTemplateIsNotFound() {
        Instance other = Instances.open(store, declared("other", Settings.defaults(true)), vault, ids, randomness, NOW)
                .instance();
        String id = templates.create(instance, fields("a", "x"), NOW).id();
        refuses(() -> templates.get(other, id), 404, "resource_not_found");
        refuses(() -> templates.update(other, id, fields("a", "y"), NOW), 404, "resource_not_found");
        refuses(() -> templates.delete(other, id), 404, "resource_not_found");
        Optional<ReadyTemplate> found = store.read(tx -> ready.made(tx, other, "a"));
        assertThat(found).isEmpty();
        assertThat(templates.all(other)).isEmpty();
        assertThat(templates.get(instance, id).claims()).isEqualTo(aud("x"));
    }

    @Test
    void ofTwoChangesOfOneVersionTheSecondSeesTheFirst() {
        String id = templates.create(instance, fields("a", "x"), NOW).id();
        var kept =
                store.read(tx -> JwtTemplateStore.find(tx, instance.id(), id)).orElseThrow();
        templates.update(instance, id, fields("a", "y"), NOW);
        boolean late = store.write(
                tx -> JwtTemplateStore.update(tx, instance.id(), kept.template(), Optional.empty(), kept.version()));
        assertThat(late).isFalse();
        assertThat(templates.get(instance, id).claims()).isEqualTo(aud("y"));
    }
}
