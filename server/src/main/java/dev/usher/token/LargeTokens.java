package dev.usher.token;

import dev.usher.base.Figure;
import dev.usher.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts session tokens that no browser keeps as a cookie, and says so once an hour for each instance. */
public final class LargeTokens {
    private static final Logger LOG = LoggerFactory.getLogger(LargeTokens.class);
    private static final Duration SILENCE = Duration.ofHours(1);

    private final LongAdder count = new LongAdder();
    private final LongAdder minted = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private final Map<String, Instant> saidAt = new ConcurrentHashMap<>();

    void minted(Instance instance, String sessionId, int size, Instant now) {
        minted.increment();
        characters.add(size);
        if (size <= TokenSize.MOST) return;
        count.increment();
        if (isDue(instance.id(), now))
            LOG.warn(
                    "a token of session {} has {} characters and fits no cookie ({} at most), so its app sees nobody signed in: "
                            + "take large claims out of the session token of {}",
                    sessionId,
                    size,
                    TokenSize.MOST,
                    instance.id());
    }

    /** Whether a warning is to be said now; of several at once, one says it. */
    boolean isDue(String instanceId, Instant now) {
        Instant last = saidAt.putIfAbsent(instanceId, now);
        if (last == null) return true;
        return !now.isBefore(last.plus(SILENCE)) && saidAt.replace(instanceId, last, now);
    }

    /** What is counted of session tokens since the start. */
    public List<Figure> figures() {
        return List.of(
                Figure.counter("usher_session_tokens_total", "Session tokens minted", minted::sum),
                Figure.counter("usher_session_token_characters_total", "Characters of these tokens", characters::sum),
                Figure.counter("usher_large_session_tokens_total", "Session tokens that fit no cookie", count::sum));
    }

    /** How many large ones were minted since the start. */
    public long count() {
        return count.sum();
    }
}
