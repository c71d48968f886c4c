package dev.usher.backend;

import dev.usher.base.Json;
import dev.usher.http.Body;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Given;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.instance.Instances;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/instance}: the instance itself and those of its settings that can be changed while it runs. */
final class InstanceRoutes {
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s]+");
    private static final int MOST_ORIGINS = 100;

    private final Instances instances;

    InstanceRoutes(Instances instances) {
        this.instances = instances;
    }

    void mount(Router backend) {
        backend.add("GET", "/v1/instance", this::read).add("PATCH", "/v1/instance", this::update);
    }

    private Reply read(Exchange exchange) {
        Instance instance = Instance.of(exchange);
        ObjectNode json = Json.object().put("object", "instance").put("id", instance.id());
        json.put("environment_type", instance.isDevelopment() ? "development" : "production");
        json.putNull("workspace_id");
        json.set("allowed_origins", Json.texts(instance.settings().allowedOrigins()));
        return Reply.bare(json);
    }

    private Reply update(Exchange exchange) {
        Body body = exchange.body(
                "test_mode",
                "hibp",
                "support_email",
                "clerk_js_version",
                "development_origin",
                "allowed_origins",
                "cookieless_dev",
                "url_based_session_syncing",
                "preferred_sign_in_strategy_when_password_required");
        Instance instance = Instance.of(exchange);
        refuseWhatCannotBe(body, instance);
        Given<Boolean> testMode = body.flag("test_mode");
        Given<List<String>> origins = body.texts("allowed_origins").map(InstanceRoutes::checked);
        instances.change(
                instance,
                present -> {
                    var changed = testMode.isThere() ? present.testMode(testMode.value()) : present;
                    return origins.isThere() ? changed.allowedOrigins(origins.value()) : changed;
                },
                exchange.now());
        return Reply.none();
    }

    /** What has no setting here may be given as it is; anything else would be believed and not be true. */
    private static void refuseWhatCannotBe(Body body, Instance instance) {
        requireOnly(body.flag("hibp"), "hibp", false);
        requireOnly(body.flag("cookieless_dev"), "cookieless_dev", instance.isDevelopment());
        requireOnly(body.flag("url_based_session_syncing"), "url_based_session_syncing", instance.isDevelopment());
        requireOnly(body.text("support_email"), "support_email", "");
        requireOnly(body.text("clerk_js_version"), "clerk_js_version", "");
        String preferred = "preferred_sign_in_strategy_when_password_required";
        requireOnly(body.text(preferred).map(text -> text.isEmpty() ? "password" : text), preferred, "password");
        body.text("development_origin")
                .value()
                .filter(origin -> !isOrigin(origin))
                .ifPresent(origin -> {
                    throw Errors.invalidFormat("development_origin", "development_origin must be an origin.");
                });
    }

    static <T> void requireOnly(Given<T> field, String name, T only) {
        Optional<T> other = field.value().filter(value -> !value.equals(only));
        if (other.isPresent()) throw Errors.invalidValue(name, name + " cannot be changed on this server.");
    }

    private static List<String> checked(List<String> origins) {
        if (origins.size() > MOST_ORIGINS) throw Errors.invalidValue("allowed_origins", "Too many origins.");
        if (!origins.stream().allMatch(InstanceRoutes::isOrigin))
            throw Errors.invalidFormat(
                    "allowed_origins", "Each origin must be a scheme and a host, such as https://app.example.com.");
        return origins;
    }

    private static boolean isOrigin(String text) {
        return ORIGIN.matcher(text).matches();
    }
}
