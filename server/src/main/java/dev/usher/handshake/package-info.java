/**
 * How a page that a server renders learns who is signed in: the handshake by redirects, the renewal of expired tokens by
 * servers, the renewal of cookies. Refuses to send anybody, or anything, to an address that is not the instance's own.
 */
@NullMarked
package dev.usher.handshake;

import org.jspecify.annotations.NullMarked;
