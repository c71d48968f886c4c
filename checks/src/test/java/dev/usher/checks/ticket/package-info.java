/** Tickets: sign-in tokens, actor tokens, invitations, and testing tokens. */
package dev.usher.checks.ticket;
