/** Proving once more who one is, in a session that is open. Refuses to change how long the session lasts. */
@NullMarked
package dev.usher.reverification;

import org.jspecify.annotations.NullMarked;
