package dev.usher.checks.signin;

import dev.usher.checks.harness.OnPostgres;

@OnPostgres
class SignInOnPostgresTest extends SignInTest {}
