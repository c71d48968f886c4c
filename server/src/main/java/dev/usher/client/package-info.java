/** Clients (browsers and devices): their secret, the dev browser, cookies, the client view. Refuses factor rules. */
@NullMarked
package dev.usher.client;

import org.jspecify.annotations.NullMarked;
