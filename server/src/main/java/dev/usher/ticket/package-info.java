/**
 * Tickets: links and tokens with which somebody comes in once, be it a sign-in token, an actor token or an invitation. Refuses
 * to know how sessions are opened, and keeps no ticket, only its hash.
 */
@NullMarked
package dev.usher.ticket;

import org.jspecify.annotations.NullMarked;
