package dev.usher.checks.session;

import dev.usher.checks.harness.OnPostgres;

@OnPostgres
class SessionLimitOnPostgresTest extends SessionLimitTest {}
