package dev.usher.checks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.checks.harness.Crowd;
import dev.usher.checks.harness.RunningUsher;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand people who sign up and in together; then the plug is pulled while they do. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrowdTest {
    @RegisterExtension
    static final RunningUsher usher = RunningUsher.onDisk("""
            hashing:
              slots: 2
            """);

    private static final List<Member> members = new ArrayList<>();

    int people() {
        return 1000;
    }

    int newcomers() {
        return 120;
    }

    @BeforeAll
    static void nobodyIsHereYet() {
        members.clear();
    }

    @Test
    @Order(1)
    void everyoneGetsInAndNobodysSessionIsLost() {
        members.addAll(Crowd.of(people(), i -> () -> new Member(usher).signUp().signIn()));
        areIntact(members);
    }

    private static void areIntact(List<Member> all) {
        assertThat(Crowd.of(all.size(), i -> all.get(i)::isIntact)).containsOnly(true);
    }

    @RepeatedTest(3)
    @Order(2)
    void nothingThatWasAcknowledgedIsLostWhenTheServerIsKilledAmongSignInsAndSignOuts() throws InterruptedException {
        CountDownLatch acknowledged = new CountDownLatch(people() / 3);
        Thread killer = killAfter(acknowledged);
        Crowd.of(
                people(),
                i -> () -> untilKilled(() -> {
                    members.get(i).signIn();
                    acknowledged.countDown();
                    members.get(i).end();
                }));
        killer.join();
        usher.process().restart();
        areIntact(members);
    }

    @Test
    @Order(3)
    void nothingThatWasAcknowledgedIsLostWhenTheServerIsKilledAmongSignUps() throws InterruptedException {
        List<Member> newcomers = new ArrayList<>();
        for (int i = 0; i < newcomers(); i++) newcomers.add(new Member(usher));
        CountDownLatch acknowledged = new CountDownLatch(newcomers() / 3);
        Thread killer = killAfter(acknowledged);
        Crowd.of(
                newcomers(),
                i -> () -> untilKilled(() -> {
                    newcomers.get(i).signUp();
                    acknowledged.countDown();
                }));
        killer.join();
        usher.process().restart();
        assertThat(newcomers).filteredOn(Member::hasAccount).hasSizeGreaterThanOrEqualTo(newcomers() / 3);
        areIntact(newcomers);
        areIntact(members);
    }

    /** Does what it can; tells whether the server lived through it. */
    private static boolean untilKilled(Runnable doings) {
        try {
            doings.run();
            return true;
        } catch (UncheckedIOException killed) {
            return false;
        }
    }

    private static Thread killAfter(CountDownLatch acknowledged) {
        return Thread.startVirtualThread(() -> {
            try {
                acknowledged.await();
                usher.process().kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
