package dev.usher.factor;

import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tokens with which tests are not slowed down by rate limits. Nothing is kept of them: their end stands in them, signed. */
public final class TestingTokens {
    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final String MARK = "-c_";

    private final Vault vault;

    public TestingTokens(Vault vault) {
        this.vault = vault;
    }

    /** A token and when it ends. */
    public record Made(Secret token, Instant expireAt) {}

    public Made create(Instance instance, Instant now) {
        Instant end = Instant.ofEpochSecond(now.plus(VALIDITY).getEpochSecond());
        String seconds = Long.toString(end.getEpochSecond());
        return new Made(Secret.of(seconds + MARK + signature(instance, seconds)), end);
    }

    /** Whether the text is a token of the instance that still counts. */
    boolean holds(Instance instance, Optional<String> text, Instant now) {
        if (text.isEmpty()) return false;
        int mark = text.get().indexOf(MARK);
        String seconds = text.get().substring(0, Math.max(0, mark));
        if (!seconds.matches("\\d{1,12}")) return false;
        String signature = text.get().substring(mark + MARK.length());
        return Secret.constantTimeEquals(signature, signature(instance, seconds))
                && now.isBefore(Instant.ofEpochSecond(Long.parseLong(seconds)));
    }

    private String signature(Instance instance, String seconds) {
        return vault.codeHash(seconds, "testing token of " + instance.id());
    }
}
