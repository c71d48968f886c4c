package dev.usher.app;

import dev.usher.base.Clock;
import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.base.Vault;
import dev.usher.base.Watch;
import dev.usher.delivery.Outbox;
import dev.usher.instance.Instances;
import dev.usher.store.Store;
import dev.usher.token.KeyRings;
import java.time.Instant;

/** What every room stands on. */
record Ground(
        Config config,
        Store store,
        Vault vault,
        Outbox outbox,
        Instances instances,
        KeyRings keys,
        Clock clock,
        Randomness randomness,
        Ids ids,
        Watch watch) {

    Instant now() {
        return clock.instant();
    }
}
