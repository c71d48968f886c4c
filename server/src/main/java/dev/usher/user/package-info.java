/** Users, their identifiers and profile. Refuses sessions. */
@NullMarked
package dev.usher.user;

import org.jspecify.annotations.NullMarked;
