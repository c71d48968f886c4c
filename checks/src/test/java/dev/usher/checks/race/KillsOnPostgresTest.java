package dev.usher.checks.race;

import dev.usher.checks.harness.OnPostgres;

@OnPostgres
class KillsOnPostgresTest extends KillsTest {
    @Override
    String where() {
        return "PostgreSQL";
    }
}
