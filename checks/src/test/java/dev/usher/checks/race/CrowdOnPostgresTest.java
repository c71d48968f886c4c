package dev.usher.checks.race;

import dev.usher.checks.harness.OnPostgres;

@OnPostgres
class CrowdOnPostgresTest extends CrowdTest {
    @Override
    int people() {
        return Boolean.getBoolean("usher.assault") ? super.people() : 150;
    }

    @Override
    int newcomers() {
        return Boolean.getBoolean("usher.assault") ? super.newcomers() : 45;
    }
}
