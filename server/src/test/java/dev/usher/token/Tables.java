package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.instance.Settings;
import dev.usher.organization.ActiveOrganization;
import dev.usher.session.Activity;
import dev.usher.session.Deadlines;
import dev.usher.session.FactorAges;
import dev.usher.session.Session;
import dev.usher.session.SessionTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;

/** The tables under {@code claims/}, which the checks decode with the published packages, and the things that they describe. */
final class Tables {
    private Tables() {}

    static JsonNode read(String name) {
        try (var in = Objects.requireNonNull(Tables.class.getResourceAsStream("/claims/" + name))) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every case with its group, named so that a failure tells where to look. */
    static Stream<Arguments> cases(JsonNode table) {
        return table.get("groups")
                .valueStream()
                .flatMap(group -> group.get("cases")
                        .valueStream()
                        .map(one -> Arguments.argumentSet(name(group, one), group, one)));
    }

    private static String name(JsonNode group, JsonNode one) {
        return group.get("title").stringValue() + ": "
                + (one.has("name")
                        ? one.get("name").stringValue() + ", version " + one.get("version")
                        : one.get("template"));
    }

    /** As whoever receives it reads it. */
    static JsonNode onTheWire(JsonNode json) {
        return Json.parse(Json.text(json));
    }

    static Optional<String> text(JsonNode json, String name) {
        return json.optional(name).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    static Optional<ActiveOrganization> organization(JsonNode json) {
        if (!json.isObject()) return Optional.empty();
        return Optional.of(new ActiveOrganization(
                json.get("id").stringValue(),
                text(json, "slug"),
                json.get("role").stringValue(),
                texts(json.get("permissions"))));
    }

    static Settings.Entitlements entitlements(JsonNode json) {
        return json.isObject()
                ? new Settings.Entitlements(
                        texts(json.get("userFeatures")),
                        texts(json.get("organizationFeatures")),
                        text(json, "userPlan"),
                        text(json, "organizationPlan"))
                : Settings.defaults(true).tokens().entitlements();
    }

    /** A session whose factors were verified so many minutes ago. */
    static Session session(String id, String userId, Instant now, Instant createdAt, Instant expireAt, JsonNode json) {
        return new Session(
                id,
                "ins_1",
                "client_1",
                userId,
                createdAt,
                createdAt,
                now,
                new Deadlines(expireAt, expireAt.plus(Duration.ofDays(30)), Optional.empty()),
                Optional.empty(),
                new FactorAges(
                        json.has("first") ? ago(json.get("first"), now) : Optional.of(now),
                        json.optional("second").flatMap(minutes -> ago(minutes, now))),
                Optional.empty(),
                new Activity(
                        "act_1",
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                json.optional("actor").map(Json::text),
                List.of(),
                json.has("tasks") ? List.of(SessionTask.CHOOSE_ORGANIZATION) : List.of());
    }

    private static Optional<Instant> ago(JsonNode minutes, Instant now) {
        return minutes.isNull() ? Optional.empty() : Optional.of(now.minus(Duration.ofMinutes(minutes.intValue())));
    }
}
