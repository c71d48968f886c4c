package dev.usher.session;

import dev.usher.base.Json;
import dev.usher.http.Exchange;
import dev.usher.instance.Instance;
import dev.usher.organization.ActiveOrganization;
import dev.usher.organization.OrganizationJson;
import dev.usher.user.UserJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sessions on the wire (FAPI, objects {@code session} and {@code session_activity}). */
public final class SessionJson {
    private final TokenSource tokens;

    public SessionJson(TokenSource tokens) {
        this.tokens = tokens;
    }

    /** A session with its user; an open one carries a fresh token, without which SDKs would drop their cookie. */
    public ObjectNode of(Exchange exchange, Sessions.Shown shown) {
        Session session = shown.session();
        Instant now = exchange.now();
        ObjectNode json = base(session, now);
        json.set("last_active_token", session.isOpenAt(now) ? token(exchange, shown) : json.nullNode());
        put(json, "last_active_organization_id", shown.organization().map(ActiveOrganization::id));
        json.set("user", UserJson.of(exchange, shown.user(), memberships(exchange, shown)));
        json.set("public_user_data", UserJson.publicData(shown.user(), Instance.origin(exchange)));
        return dated(json, session, now);
    }

    private static JsonNode memberships(Exchange exchange, Sessions.Shown shown) {
        return OrganizationJson.memberships(exchange, shown.memberships());
    }

    /** An answer may have a session twice, by itself and in the client; it is signed for once. */
    private ObjectNode token(Exchange exchange, Sessions.Shown shown) {
        String jwt = exchange.once(
                List.of(shown.session(), shown.organization(), exchange.authorizedParty()),
                () -> tokens.mint(exchange, shown.session(), shown.organization()));
        return Json.object().put("object", "token").put("jwt", jwt);
    }

    /** A session as an app's server is told of it, with its user. */
    public static ObjectNode told(Session session, JsonNode user, Instant now) {
        ObjectNode json = base(session, now);
        json.remove("tasks");
        json.put("client_id", session.clientId()).put("user_id", session.userId());
        put(json, "last_active_organization_id", session.lastActiveOrganizationId());
        json.set("latest_activity", activity(session.activity()));
        json.set("user", user);
        return json.put("created_at", session.createdAt().toEpochMilli())
                .put("updated_at", session.updatedAt().toEpochMilli());
    }

    /** A session in the list of a person's devices. */
    static ObjectNode ofDevice(Session session, Instant now) {
        ObjectNode json = base(session, now);
        json.putNull("last_active_token");
        put(json, "last_active_organization_id", session.lastActiveOrganizationId());
        json.putNull("public_user_data");
        dated(json, session, now);
        json.set("latest_activity", activity(session.activity()));
        return json;
    }

    /** A session as servers see it (BAPI, object {@code session}). */
    public static ObjectNode ofServer(Session session, Instant now) {
        ObjectNode json = base(session, now).put("user_id", session.userId()).put("client_id", session.clientId());
        put(json, "last_active_organization_id", session.lastActiveOrganizationId());
        json.set("latest_activity", activity(session.activity()));
        return json.put("created_at", session.createdAt().toEpochMilli())
                .put("updated_at", session.updatedAt().toEpochMilli());
    }

    private static ObjectNode base(Session session, Instant now) {
        return Json.object()
                .put("object", "session")
                .put("id", session.id())
                .put("status", session.statusAt(now).wire())
                .put("expire_at", session.deadlines().expireAt().toEpochMilli())
                .put("abandon_at", session.deadlines().abandonAt().toEpochMilli())
                .put("last_active_at", session.lastActiveAt().toEpochMilli())
                .set("actor", session.actor().map(Json::parse).orElseGet(Json.object()::nullNode))
                .set("tasks", tasks(session));
    }

    private static JsonNode tasks(Session session) {
        if (session.tasks().isEmpty()) return Json.object().nullNode();
        var tasks = Json.array();
        session.tasks().forEach(task -> tasks.addObject().put("key", task.wire()));
        return tasks;
    }

    private static ObjectNode dated(ObjectNode json, Session session, Instant now) {
        json.putArray("factor_verification_age")
                .add(session.factorAges().firstMinutes(now))
                .add(session.factorAges().secondMinutes(now));
        return json.put("created_at", session.createdAt().toEpochMilli())
                .put("updated_at", session.updatedAt().toEpochMilli());
    }

    private static ObjectNode activity(Activity activity) {
        ObjectNode json = Json.object().put("object", "session_activity").put("id", activity.id());
        activity.deviceType().ifPresent(type -> json.put("device_type", type));
        json.put("is_mobile", activity.isMobile());
        activity.browserName().ifPresent(name -> json.put("browser_name", name));
        activity.browserVersion().ifPresent(version -> json.put("browser_version", version));
        activity.ipAddress().ifPresent(address -> json.put("ip_address", address));
        activity.city().ifPresent(city -> json.put("city", city));
        activity.country().ifPresent(country -> json.put("country", country));
        return json;
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        json.put(name, value.orElse(null));
    }
}
