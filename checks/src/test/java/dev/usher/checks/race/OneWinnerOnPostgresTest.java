package dev.usher.checks.race;

import dev.usher.checks.harness.OnPostgres;

@OnPostgres
class OneWinnerOnPostgresTest extends OneWinnerTest {}
