/**
 * Tells apps of events: writes each in the transaction that does it, signs it and posts it until it is taken. Refuses to call
 * addresses that nobody outside this server's network can reach, unless they are allowed.
 */
@NullMarked
package dev.usher.webhook;

import org.jspecify.annotations.NullMarked;
