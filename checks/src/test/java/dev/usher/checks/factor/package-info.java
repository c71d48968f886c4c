/** Second factors, passkeys, reverification and what guards them against guessing. */
package dev.usher.checks.factor;
