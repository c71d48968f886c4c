package dev.usher.checks.signin;

import dev.usher.checks.harness.OnPostgres;

@OnPostgres
class EmailLinkOnPostgresTest extends EmailLinkTest {}
