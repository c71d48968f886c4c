/** Sign-in and sign-up attempts. Refuses session internals. */
@NullMarked
package dev.usher.signin;

import org.jspecify.annotations.NullMarked;
