/** Sign-up and sign-in: every state, every step, every refusal. */
package dev.usher.checks.signin;
