package dev.usher.console;

import dev.usher.base.Clock;
import dev.usher.base.Json;
import dev.usher.base.Spans;
import dev.usher.delivery.Outbox;
import dev.usher.http.Errors;
import dev.usher.http.Exchange;
import dev.usher.http.Reply;
import dev.usher.http.Router;
import dev.usher.instance.Instance;
import dev.usher.instance.OwnNames;
import dev.usher.store.Store;
import dev.usher.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What only a development instance has: a page to sign in on, an inbox where codes can be read, what webhooks told, and a clock that can be moved
 * forward. Answers under names of this machine alone, so that no foreign page reaches it through a rebound name.
 */
public final class DevelopmentPages {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
            + "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final int MOST_LISTED = 200;
    private static final Duration FURTHEST = Duration.ofDays(4000);

    private final Store store;
    private final Outbox outbox;
    private final Webhooks webhooks;
    private final Clock clock;
    private final String version;

    public DevelopmentPages(Store store, Outbox outbox, Webhooks webhooks, Clock clock, String version) {
        this.store = store;
        this.outbox = outbox;
        this.webhooks = webhooks;
        this.clock = clock;
        this.version = version;
    }

    public void mount(Router pages) {
        pages.add("GET", "/", exchange -> page(exchange, "index.html"))
                .add("GET", "/_usher/inbox", exchange -> page(exchange, "inbox.html"))
                .add("GET", "/_usher/inbox.json", this::inbox)
                .add("GET", "/_usher/webhooks", exchange -> page(exchange, "webhooks.html"))
                .add("GET", "/_usher/webhooks.json", this::deliveries)
                .add("GET", "/_usher/clock", this::time)
                .add("POST", "/_usher/clock", this::advance)
                .add("GET", "/_usher/assets/{file}", DevelopmentPages::asset)
                .add("GET", "/favicon.ico", exchange -> Reply.redirect(302, "/_usher/assets/favicon.svg"));
    }

    private Reply page(Exchange exchange, String file) {
        OwnNames.require(exchange);
        String html = new String(Assets.find(file).orElseThrow(), StandardCharsets.UTF_8)
                .replace("@@INSTANCE@@", escaped(Json.text(facts(Instance.of(exchange)))));
        return Reply.bytes(200, Assets.type(file), html.getBytes(StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "same-origin");
    }

    private ObjectNode facts(Instance instance) {
        return Json.object()
                .put("publishable_key", instance.publishableKey())
                .put("application_name", instance.settings().applicationName())
                .put("version", version)
                .put("clerk_js_url", "/npm/@clerk/clerk-js@6/dist/clerk.browser.js")
                .put("clerk_ui_url", "/npm/@clerk/ui@1/dist/ui.browser.js")
                .put("inbox_url", "/_usher/inbox");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace("'", "&#39;");
    }

    private static Reply asset(Exchange exchange) {
        String file = exchange.param("file");
        if (file.endsWith(".html")) throw Errors.noSuchRoute();
        return Assets.find(file)
                .map(bytes -> Reply.bytes(200, Assets.type(file), bytes).header("Cache-Control", "no-cache"))
                .orElseThrow(Errors::noSuchRoute);
    }

    private Reply inbox(Exchange exchange) {
        OwnNames.require(exchange);
        Optional<String> to =
                exchange.query("to").filter(text -> !text.isEmpty()).map(text -> text.toLowerCase(Locale.ROOT));
        int limit = exchange.query("limit").map(DevelopmentPages::limit).orElse(50);
        var messages = store.read(tx -> outbox.newest(tx, exchange.site().id(), to, limit));
        ObjectNode json = Json.object();
        var data = json.putArray("data");
        messages.forEach(message -> data.add(message(message)));
        return Reply.bare(json.put("total_count", messages.size()));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,3}")) throw Errors.invalidValue("limit", "limit is a number from 1 to 200.");
        return Math.clamp(Integer.parseInt(text), 1, MOST_LISTED);
    }

    private static ObjectNode message(Outbox.Kept message) {
        return Json.object()
                .put("id", message.id())
                .put("channel", message.channel().wire())
                .put("to", message.to())
                .put("subject", message.subject())
                .put("body", message.body())
                .put("code", message.code().orElse(null))
                .put("link", message.link().orElse(null))
                .put("created_at", message.createdAt().toEpochMilli());
    }

    private Reply deliveries(Exchange exchange) {
        OwnNames.require(exchange);
        int limit = exchange.query("limit").map(DevelopmentPages::limit).orElse(50);
        return Reply.bare(store.read(tx -> WebhookList.of(tx, webhooks, Instance.of(exchange), limit)));
    }

    private Reply time(Exchange exchange) {
        OwnNames.require(exchange);
        return clockReply();
    }

    private Reply advance(Exchange exchange) {
        OwnNames.require(exchange);
        boolean foreign = exchange.header("origin").isPresent()
                && exchange.origin().filter(exchange.ownOrigin()::equals).isEmpty();
        if (foreign) throw Errors.originInvalid();
        Duration by = Spans.parse(exchange.form("advance").required("advance"))
                .filter(span -> clock.advanced().plus(span).compareTo(FURTHEST) <= 0)
                .orElseThrow(
                        () -> Errors.invalidValue("advance", "advance is a duration such as 90s, 15m, 8h or 30d."));
        clock.advance(by);
        return clockReply();
    }

    private Reply clockReply() {
        return Reply.bare(Json.object()
                .put("now", clock.instant().toEpochMilli())
                .put("advanced_ms", clock.advanced().toMillis()));
    }
}
