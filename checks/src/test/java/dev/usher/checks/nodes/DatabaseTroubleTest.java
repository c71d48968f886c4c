package dev.usher.checks.nodes;

import dev.usher.checks.harness.Nodes;
import dev.usher.testing.PostgresServer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database hangs, is gone or crashes under two nodes: nobody is signed out, nobody waits long, and it heals by itself. */
class DatabaseTroubleTest {
    private static PostgresServer database;
    private static Nodes nodes;

    private enum Trouble {
        FROZEN(30) {
            @Override
            void begin() {
                database.freeze();
            }

            @Override
            void end() {
                database.thaw();
            }
        },
        STOPPED(60) {
            @Override
            void begin() {
                database.stop();
            }

            @Override
            void end() {
                database.resume();
            }
        },
        CRASHED(5) {
            @Override
            void begin() {
                database.crash();
            }

            @Override
            void end() {
                database.resume();
            }
        };

        private final int seconds;

        Trouble(int seconds) {
            this.seconds = seconds;
        }

        abstract void begin();

        abstract void end();
    }

    @BeforeAll
    static void start() {
        database = PostgresServer.start();
        nodes = Nodes.start(2, database.url(database.newDatabase()), "{}");
    }

    @AfterAll
    static void stop() {
        nodes.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void nobodyIsSignedOutAndItHealsByItself(Trouble trouble) throws InterruptedException {
        Callers callers = Callers.on(nodes.all());
        callers.troubleBegins();
        trouble.begin();
        TimeUnit.SECONDS.sleep(Callers.ASSAULT ? trouble.seconds : 3);
        trouble.end();
        callers.troubleEnds();
        long healing = callers.heal();
        callers.assertHonest(
                Set.of(), EnumSet.of(Caller.Kind.MINT, Caller.Kind.TOUCH, Caller.Kind.CLIENT, Caller.Kind.SIGN_IN));
        callers.assertQuick("database " + trouble, healing);
    }
}
