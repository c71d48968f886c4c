package dev.usher.factor;

import dev.usher.http.Exchange;
import dev.usher.http.FactorErrors;
import dev.usher.instance.FactorSettings;
import dev.usher.instance.Instance;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Limits how often a source may begin and attempt things. A source is a client at an address; the address alone has room for
 * many clients, since whole offices share one, and an identifier for a few sources.
 */
public final class RateLimits {
    private static final int CLIENTS_OF_ADDRESS = 20;
    private static final int SOURCES_OF_IDENTIFIER = 4;
    private static final int MOST_BUCKETS = 200_000;

    private final TimeMeter clock;
    private final TestingTokens testingTokens;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    public RateLimits(InstantSource clock, TestingTokens testingTokens) {
        this.testingTokens = testingTokens;
        this.clock = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** Counts a sign-in or sign-up that is begun.
     *
     * @throws dev.usher.http.Refusal when the source has begun too many
     */
    public void creates(Exchange exchange, Optional<String> identifier) {
        FactorSettings.Rates rates = rates(exchange);
        if (!rates.enabled() || isTest(exchange)) return;
        source(exchange, "create", rates.creates());
        identifier.ifPresent(text -> take(
                "create|" + exchange.site().id() + "|"
                        + text.trim().toLowerCase(Locale.ROOT).hashCode(),
                rates.creates() * SOURCES_OF_IDENTIFIER));
    }

    /** Counts an attempt to prove something.
     *
     * @throws dev.usher.http.Refusal when the source has made too many
     */
    public void attempts(Exchange exchange) {
        FactorSettings.Rates rates = rates(exchange);
        if (rates.enabled() && !isTest(exchange)) source(exchange, "attempt", rates.attempts());
    }

    /** Whether the request brings a testing token. */
    private boolean isTest(Exchange exchange) {
        return testingTokens.holds(Instance.of(exchange), exchange.query("__clerk_testing_token"), exchange.now());
    }

    private static FactorSettings.Rates rates(Exchange exchange) {
        return Instance.of(exchange).settings().factors().rates();
    }

    private void source(Exchange exchange, String what, int most) {
        String address = what + "|" + exchange.site().id() + "|" + exchange.address();
        String client =
                exchange.credentials().token().map(token -> token.clientId()).orElse("");
        take(address + "|" + client, most);
        take(address, most * CLIENTS_OF_ADDRESS);
    }

    private void take(String key, int most) {
        ConsumptionProbe probe = bucket(key, most).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed())
            throw FactorErrors.tooManyRequests(Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill())));
    }

    private Bucket bucket(String key, int most) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    key + "|" + most,
                    name -> Bucket.builder()
                            .withCustomTimePrecision(clock)
                            .addLimit(Bandwidth.builder()
                                    .capacity(most)
                                    .refillGreedy(most, FactorSettings.Rates.PERIOD)
                                    .build())
                            .build());
        }
    }
}
