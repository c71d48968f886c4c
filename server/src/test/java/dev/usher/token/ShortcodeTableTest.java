package dev.usher.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.base.Ids;
import dev.usher.base.Json;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import dev.usher.instance.Settings;
import dev.usher.session.Session;
import dev.usher.store.Store;
import dev.usher.store.TestStore;
import dev.usher.store.WriteTx;
import dev.usher.user.Users;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shortcodes stand for what the published documents tell, with the facts read from a database. */
@ParameterizedClass
@EnumSource(TestStore.class)
class ShortcodeTableTest {
    private static final JsonNode TABLE = Tables.read("shortcodes.json");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Randomness RANDOMNESS = new Randomness();
    private static Store store = TestStore.SQLITE.open();
    private static Instance instance = instance();

    @Parameter
    private TestStore kind = TestStore.SQLITE;

    private final FactReader facts = new FactReader(store, new Users(new Ids(RANDOMNESS)));

    private static Instance instance() {
        var declared = new Instances.Declared(
                "default", true, Optional.empty(), "http://localhost", Optional.empty(), Settings.defaults(true));
        Vault vault = new Vault(RANDOMNESS.bytes(32), RANDOMNESS);
        return Instances.open(store, declared, vault, new Ids(RANDOMNESS), RANDOMNESS, NOW)
                .instance();
    }

    @BeforeParameterizedClassInvocation
    static void theSubjectsAreInTheDatabase(TestStore kind) {
        store.close();
        store = kind.open();
        instance = instance();
        store.change(tx -> TABLE.get("subjects").valueStream().forEach(subject -> insert(tx, subject)));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    static Stream<Arguments> cases() {
        return Tables.cases(TABLE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aShortcodeStandsForWhatIsPublished(JsonNode group, JsonNode one) {
        assertThat(group.get("source").stringValue()).isNotBlank();
        ObjectNode claims = Json.object();
        claims.set("claim", one.get("template"));
        ClaimTemplate template = ClaimTemplate.parse(claims);
        Subject subject = subject(TABLE.get("subjects").get(group.get("subject").stringValue()));
        assertThat(Tables.onTheWire(template.render(facts.read(template, subject)))
                        .get("claim"))
                .isEqualTo(one.get("value"));
    }

    private static Subject subject(JsonNode json) {
        JsonNode session = json.get("session");
        Session made = Tables.session(
                session.get("id").stringValue(),
                json.get("user").get("id").stringValue(),
                NOW,
                instant(session.get("created_at")),
                instant(session.get("expire_at")),
                session);
        return new Subject(
                instance,
                made,
                Tables.organization(json.path("organization")),
                "http://localhost",
                json.get("platform").stringValue());
    }

    private static Instant instant(JsonNode millis) {
        return Instant.ofEpochMilli(millis.longValue());
    }

    private static void insert(WriteTx tx, JsonNode subject) {
        JsonNode user = subject.get("user");
        insertUser(tx, user);
        if (user.has("phone")) insertPhoneNumber(tx, user);
        if (subject.get("session").has("reverification")) insertReverification(tx, user, subject.get("session"));
        if (subject.has("organization")) insertMembership(tx, user, subject.get("organization"), 1);
        subject.path("alsoMemberOf").forEach(other -> insertMembership(tx, user, other, 2));
    }

    private static void insertUser(WriteTx tx, JsonNode user) {
        String id = user.get("id").stringValue();
        tx.update("""
                insert into user_account (id, instance_id, username, first_name, last_name, external_id,
                    primary_email_address_id, public_metadata, unsafe_metadata, private_metadata, last_sign_in_at,
                    created_at, updated_at)
                values (:id, :instance, :username, :first_name, :last_name, :external_id, :email, :public, :unsafe,
                    :private, :last_sign_in_at, :created_at, :updated_at)
                """)
                .bind("id", id)
                .bind("instance", instance.id())
                .bind("username", Tables.text(user, "username").orElse(null))
                .bind("first_name", Tables.text(user, "first_name").orElse(null))
                .bind("last_name", Tables.text(user, "last_name").orElse(null))
                .bind("external_id", Tables.text(user, "external_id").orElse(null))
                .bind("email", "idn_" + id)
                .bind("public", Json.text(user.get("public_metadata")))
                .bind("unsafe", Json.text(user.get("unsafe_metadata")))
                .bind(
                        "private",
                        user.optional("private_metadata").map(Json::text).orElse("{}"))
                .bind(
                        "last_sign_in_at",
                        user.optional("last_sign_in_at")
                                .map(JsonNode::longValue)
                                .orElse(null))
                .bind("created_at", user.get("created_at").longValue())
                .bind("updated_at", user.get("updated_at").longValue())
                .execute();
        tx.update("""
                insert into email_address (id, instance_id, user_id, email_address, verified_at, created_at, updated_at)
                values (:id, :instance, :user, :address, :verified_at, 1, 1)
                """)
                .bind("id", "idn_" + id)
                .bind("instance", instance.id())
                .bind("user", id)
                .bind("address", user.get("email").stringValue())
                .bind("verified_at", user.get("email_verified").booleanValue() ? 1L : null)
                .execute();
    }

    private static void insertPhoneNumber(WriteTx tx, JsonNode user) {
        String id = user.get("id").stringValue();
        tx.update("""
                insert into phone_number (id, instance_id, user_id, phone_number, verified_at, reserved_for_second_factor,
                    created_at, updated_at)
                values (:id, :instance, :user, :number, 1, true, 1, 1)
                """)
                .bind("id", "idn_phone_" + id)
                .bind("instance", instance.id())
                .bind("user", id)
                .bind("number", user.get("phone").stringValue())
                .execute();
        tx.update("update user_account set primary_phone_number_id = :phone where id = :user")
                .bind("phone", "idn_phone_" + id)
                .bind("user", id)
                .execute();
    }

    private static void insertReverification(WriteTx tx, JsonNode user, JsonNode session) {
        tx.update("""
                insert into client (id, instance_id, secret_hash, secret_since, created_at, updated_at)
                values ('client_1', :instance, 'x', 1, 1, 1)
                """).bind("instance", instance.id()).execute();
        tx.update("""
                insert into session (id, instance_id, client_id, user_id, created_at, updated_at, expire_at, abandon_at,
                    last_active_at, activity_id, is_mobile)
                values (:id, :instance, 'client_1', :user, 1, 1, 2, 2, 1, 'a', false)
                """)
                .bind("id", session.get("id").stringValue())
                .bind("instance", instance.id())
                .bind("user", user.get("id").stringValue())
                .execute();
        tx.update("""
                insert into reverification (id, instance_id, session_id, user_id, level, completed_at, expire_at, created_at)
                values (:id, :instance, :session, :user, 'first_factor', 1, 2, 1)
                """)
                .bind("id", session.get("reverification").stringValue())
                .bind("instance", instance.id())
                .bind("session", session.get("id").stringValue())
                .bind("user", user.get("id").stringValue())
                .execute();
    }

    private static void insertMembership(WriteTx tx, JsonNode user, JsonNode organization, int position) {
        String id = organization.get("id").stringValue();
        String role = organization.get("role").stringValue();
        tx.update("""
                insert into organization (id, instance_id, name, slug, max_allowed_memberships, admin_delete_enabled,
                    public_metadata, private_metadata, created_at, updated_at)
                values (:id, :instance, :name, :slug, 5, true, :public, :private, 1, 1)
                """)
                .bind("id", id)
                .bind("instance", instance.id())
                .bind("name", organization.get("name").stringValue())
                .bind("slug", Tables.text(organization, "slug").orElse(null))
                .bind(
                        "public",
                        organization.optional("public_metadata").map(Json::text).orElse("{}"))
                .bind(
                        "private",
                        organization
                                .optional("private_metadata")
                                .map(Json::text)
                                .orElse("{}"))
                .execute();
        tx.update("""
                insert into organization_role (id, instance_id, key, name, created_at, updated_at)
                values (:key, :instance, :key, :key, 1, 1) on conflict do nothing
                """).bind("key", role).bind("instance", instance.id()).execute();
        tx.update("""
                insert into organization_membership (id, instance_id, organization_id, user_id, role_id, public_metadata,
                    private_metadata, created_at, updated_at)
                values (:id, :instance, :organization, :user, :role, :public, :private, :position, 1)
                """)
                .bind("id", "orgmem_" + id)
                .bind("instance", instance.id())
                .bind("organization", id)
                .bind("user", user.get("id").stringValue())
                .bind("role", role)
                .bind(
                        "public",
                        organization
                                .optional("membership_metadata")
                                .map(Json::text)
                                .orElse("{}"))
                .bind(
                        "private",
                        organization
                                .optional("membership_private_metadata")
                                .map(Json::text)
                                .orElse("{}"))
                .bind("position", position)
                .execute();
    }
}
