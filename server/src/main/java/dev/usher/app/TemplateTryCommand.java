package dev.usher.app;

import dev.usher.base.Json;
import dev.usher.token.TemplatePreview;
import dev.usher.token.TemplateRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** {@code usher template try}: the token that a user would get, without a sign-in and without a signature. */
@Command(
        name = "try",
        description = {
            "Print the header and the claims of the token that a user would get, and its size.",
            "Reads the data folder of a server that runs or does not; writes nothing."
        },
        mixinStandardHelpOptions = true)
final class TemplateTryCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "The template; session_token for the session token. Not needed with --claims.")
    private @Nullable String name;

    @Option(names = "--user", paramLabel = "USER", required = true, description = "Id or e-mail address.")
    private String user = "";

    @Option(names = "--organization", paramLabel = "ORG", description = "Id or slug of the active organization.")
    private @Nullable String organization;

    @Option(names = "--claims", paramLabel = "FILE", description = "Claims in JSON that are not saved yet.")
    private @Nullable Path claims;

    @Mixin
    private DataOptions options = new DataOptions();

    private final InstantSource clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        if (name == null && claims == null) throw new IllegalStateException("name a template, or a file by --claims");
        Instant now = clock.instant();
        try (TemplateTrial trial = TemplateTrial.open(options.read(), now)) {
            print(shown(trial, now));
            return 0;
        }
    }

    private TemplatePreview.Shown shown(TemplateTrial trial, Instant now) {
        var sample = trial.sample(user, Optional.ofNullable(organization), now);
        Optional<ObjectNode> unsaved = Optional.ofNullable(claims).map(TemplateTryCommand::claims);
        if (TemplateRules.SESSION_TOKEN.equals(name)) {
            unsaved.flatMap(TemplateRules::sessionClaimsFault).ifPresent(TemplateTryCommand::refuse);
            return trial.preview().ofSessionToken(unsaved, sample, now);
        }
        if (unsaved.isPresent()) {
            TemplateRules.claimsFault(unsaved.get()).ifPresent(TemplateTryCommand::refuse);
            return trial.preview().ofClaims(unsaved.get(), sample, now);
        }
        return trial.preview()
                .ofTemplate(String.valueOf(name), sample, now)
                .orElseThrow(() -> new IllegalStateException("there is no JWT template of the name " + name));
    }

    private static void refuse(TemplateRules.Fault fault) {
        throw new IllegalStateException("these claims cannot be saved: " + fault.why());
    }

    private static ObjectNode claims(Path file) {
        try {
            if (Json.parse(Files.readString(file)) instanceof ObjectNode object) return object;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (JacksonException e) {
            throw new IllegalStateException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalStateException(file + " must hold a JSON object");
    }

    private static void print(TemplatePreview.Shown shown) {
        System.out.println("Header");
        System.out.println(shown.header().toPrettyString());
        System.out.println("Claims");
        System.out.println(shown.claims().toPrettyString());
        System.out.println(
                "Size: " + shown.size() + " characters; a cookie holds " + TemplatePreview.Shown.most() + ".");
        print("No shortcodes, left as they are: ", shown.leftAlone());
        print("There are no such shortcodes, so null: ", shown.unknown());
        print("Without a value for this user, so null: ", shown.empty());
    }

    private static void print(String what, List<String> texts) {
        if (!texts.isEmpty()) System.out.println(what + String.join(", ", texts));
    }
}
