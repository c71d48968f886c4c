/** Users out of files of another server: read one by one, taken in by batches, resumed where it stopped. Refuses half a user. */
@NullMarked
package dev.usher.intake;

import org.jspecify.annotations.NullMarked;
