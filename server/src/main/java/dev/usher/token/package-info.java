/** Signing keys, JWKS, claims and minting. Refuses to decide who may call. */
@NullMarked
package dev.usher.token;

import org.jspecify.annotations.NullMarked;
