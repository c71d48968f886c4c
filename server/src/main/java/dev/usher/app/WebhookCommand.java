package dev.usher.app;

import dev.usher.base.Spans;
import dev.usher.webhook.Answer;
import dev.usher.webhook.Delivery;
import dev.usher.webhook.Endpoint;
import dev.usher.webhook.Endpoints;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code usher webhook}: the addresses that are told of events. Works beside a running server. */
@Command(
        name = "webhook",
        description = "Make, list, try and remove webhook endpoints; see what they were told, and tell them again.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class WebhookCommand implements Callable<Integer> {
    private static final String ENDPOINT_ROW = "%-32s %-9s %-21s %-40s %s%n";
    private static final String DELIVERY_ROW = "%-32s %-32s %-30s %-10s %5s %-6s %-21s %s%n";
    private static final int LONGEST_SHOWN = 60;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) return 2;
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Missing command: add, list, remove, enable, secret, rotate, test, deliveries or replay");
    }

    @Command(
            name = "add",
            description = "Add an endpoint and print its signing secret.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin DataOptions options,
            @Parameters(paramLabel = "URL", description = "Where events are posted to.") String url,
            @Option(
                            names = "--events",
                            paramLabel = "TYPE",
                            split = ",",
                            description = "Of what to tell, with commas between; all published events without it.")
                    @Nullable
                    List<String> events)
            throws Exception {
        var draft = new Endpoints.Draft(url, events == null ? List.of() : events, Optional.empty());
        Optional<String> fault = Endpoints.faultOf(draft);
        if (fault.isPresent()) throw new IllegalStateException(fault.get());
        try (WebhookData data = WebhookData.open(options)) {
            Endpoint made = data.write((tx, webhooks) ->
                            webhooks.endpoints().add(tx, data.instance().id(), draft, Instant.now()))
                    .orElseThrow(() -> new IllegalStateException("there is an endpoint of that address"));
            System.out.println(data.webhooks().endpoints().secret(made).reveal());
            System.err.println("Endpoint " + made.id() + " is told of events from now on.");
        }
        return 0;
    }

    @Command(name = "list", description = "Every endpoint without its secret.", mixinStandardHelpOptions = true)
    int list(@Mixin DataOptions options) throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            System.out.printf(ENDPOINT_ROW, "ID", "SOURCE", "CREATED", "STATE", "URL AND EVENTS");
            for (Endpoint one : data.endpoints()) print(one);
        }
        return 0;
    }

    private static void print(Endpoint one) {
        String state = one.isEnabled()
                ? one.failingSince()
                        .map(since -> "failing since " + shown(since))
                        .orElse("works")
                : "disabled: " + one.disabledWhy();
        String events = one.eventTypes().isEmpty() ? "all" : String.join(",", one.eventTypes());
        System.out.printf(
                ENDPOINT_ROW,
                one.id(),
                one.isDeclared() ? "declared" : "made",
                shown(one.createdAt()),
                state,
                one.url() + " " + events);
    }

    private static String shown(Instant time) {
        return time.toString().replaceAll("\\.\\d+Z", "Z");
    }

    @Command(
            name = "remove",
            description = "Remove an endpoint that the configuration does not declare.",
            mixinStandardHelpOptions = true)
    int remove(@Mixin DataOptions options, @Parameters(paramLabel = "ID", description = "Its id.") String id)
            throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            if (data.endpoint(id).isDeclared())
                throw new IllegalStateException("it stands in the configuration: remove it there");
            data.write((tx, webhooks) ->
                    webhooks.endpoints().remove(tx, data.instance().id(), id));
            System.out.println("Endpoint " + id + " is told of nothing any more.");
        }
        return 0;
    }

    @Command(
            name = "enable",
            description = "Tell a disabled endpoint of events again; replay what it has missed.",
            mixinStandardHelpOptions = true)
    int enable(@Mixin DataOptions options, @Parameters(paramLabel = "ID", description = "Its id.") String id)
            throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            data.endpoint(id);
            data.write((tx, webhooks) ->
                    webhooks.endpoints().enable(tx, data.instance().id(), id));
            System.out.println("Endpoint " + id + " is enabled.");
        }
        return 0;
    }

    @Command(name = "secret", description = "Print an endpoint's signing secret.", mixinStandardHelpOptions = true)
    int secret(@Mixin DataOptions options, @Parameters(paramLabel = "ID", description = "Its id.") String id)
            throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            System.out.println(
                    data.webhooks().endpoints().secret(data.endpoint(id)).reveal());
        }
        return 0;
    }

    @Command(
            name = "rotate",
            description = "Give an endpoint another secret and print it. For a day both sign.",
            mixinStandardHelpOptions = true)
    int rotate(@Mixin DataOptions options, @Parameters(paramLabel = "ID", description = "Its id.") String id)
            throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            Endpoint endpoint = data.endpoint(id);
            if (endpoint.isDeclared())
                throw new IllegalStateException("it stands in the configuration: change its secret there");
            System.out.println(data.write((tx, webhooks) -> webhooks.endpoints().rotate(tx, endpoint, Instant.now()))
                    .reveal());
            System.err.println("The former secret signs beside it for a day.");
        }
        return 0;
    }

    @Command(
            name = "test",
            description = "Post one signed event of the type usher.test now, and print the answer.",
            mixinStandardHelpOptions = true)
    int test(@Mixin DataOptions options, @Parameters(paramLabel = "ID", description = "The endpoint's id.") String id)
            throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            Answer answer = data.webhooks().test(data.instance(), data.endpoint(id), Instant.now());
            String status = answer.status().map(String::valueOf).orElse("no answer");
            System.out.println(status + (answer.text().isEmpty() ? "" : ": " + answer.text()));
            return answer.isTaken() ? 0 : 1;
        }
    }

    @Command(
            name = "deliveries",
            description = "How it stands with the newest events.",
            mixinStandardHelpOptions = true)
    int deliveries(
            @Mixin DataOptions options,
            @Option(names = "--endpoint", paramLabel = "ID", description = "Of one endpoint only.") @Nullable
                    String endpoint,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many.")
                    int limit)
            throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            System.out.printf(
                    DELIVERY_ROW, "EVENT", "ENDPOINT", "TYPE", "STATE", "TRIES", "STATUS", "NEXT TRY", "ANSWER");
            data.read((tx, webhooks) -> webhooks.recent(
                            tx, data.instance(), Optional.ofNullable(endpoint), Math.clamp(limit, 1, 10_000)))
                    .forEach(WebhookCommand::print);
        }
        return 0;
    }

    private static void print(Delivery one) {
        String answer = one.answer().replaceAll("\\p{Cntrl}+", " ");
        System.out.printf(
                DELIVERY_ROW,
                one.eventId(),
                one.endpointId(),
                one.type(),
                one.state(),
                one.attempts(),
                one.answerStatus().map(String::valueOf).orElse("-"),
                one.nextAttemptAt().map(WebhookCommand::shown).orElse("-"),
                answer.length() > LONGEST_SHOWN ? answer.substring(0, LONGEST_SHOWN) + "…" : answer);
    }

    @Command(
            name = "replay",
            description = {
                "Send events again: one by its id, or those since a time that an endpoint has not taken.",
                "Says how many there are; with --yes it sends them."
            },
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin DataOptions options,
            @Option(names = "--event", paramLabel = "ID", description = "One event.") @Nullable String event,
            @Option(names = "--endpoint", paramLabel = "ID", description = "To one endpoint.") @Nullable
                    String endpoint,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "A time such as 2026-05-01T00:00:00Z, or a span before now such as 8h.")
                    @Nullable
                    String since,
            @Option(names = "--all", description = "Those that it has taken too.") boolean all,
            @Option(names = "--yes", description = "Send them.") boolean yes)
            throws Exception {
        try (WebhookData data = WebhookData.open(options)) {
            List<Endpoint> to = endpoint == null ? data.endpoints() : List.of(data.endpoint(endpoint));
            if (event != null) return replay(data, event, to, yes);
            if (since == null || endpoint == null)
                throw new IllegalStateException("give --event, or --endpoint and --since");
            Endpoint one = to.getFirst();
            Instant from = instant(since);
            int count = yes
                    ? data.write((tx, webhooks) -> webhooks.replay(tx, one, from, all, Instant.now()))
                    : data.read((tx, webhooks) -> webhooks.missed(tx, one, from, all));
            System.out.println(count + (yes ? " events are sent again." : " events would be sent again; add --yes."));
        }
        return 0;
    }

    private static int replay(WebhookData data, String event, List<Endpoint> to, boolean yes) {
        boolean found = yes
                ? data.write((tx, webhooks) -> webhooks.replay(tx, data.instance(), event, to, Instant.now()))
                : data.read((tx, webhooks) ->
                        webhooks.body(tx, data.instance(), event).isPresent());
        if (!found) throw new IllegalStateException("there is no event " + event);
        System.out.println("Event " + event + (yes ? " is" : " would be") + " sent again to " + to.size() + " endpoints"
                + (yes ? "." : "; add --yes."));
        return 0;
    }

    private static Instant instant(String text) {
        Optional<Instant> ago = Spans.parse(text).map(span -> Instant.now().minus(span));
        if (ago.isPresent()) return ago.get();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalStateException("--since is a time such as 2026-05-01T00:00:00Z or a span such as 8h", e);
        }
    }
}
